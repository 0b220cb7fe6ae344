"""The OpenAPI document of the JSON endpoint: a module for each path, assembled in one."""
