//! Whose decisions share a cache entry, and for how long: rules on the authorizer's settings.
