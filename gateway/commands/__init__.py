"""The commands of `svod`, a file each. They compose what others make, and hold no logic of their own."""
