//! What a cached response does to the other routes of its scope: the reason this tool exists. These rules need routes, and
//! are silent where nothing is shared.
