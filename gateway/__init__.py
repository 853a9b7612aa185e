"""The front door and composition root: settings, application, commands. Knows everyone; nobody imports it."""
