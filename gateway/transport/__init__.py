"""How bytes come in and go out: HTTP, event streams, WebSockets, the listener under them. Knows no schema."""
