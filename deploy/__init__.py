"""Push-to-deploy hosting: a tool in the catalogue can be built from git and run. Comes after the catalogue; empty for now."""
