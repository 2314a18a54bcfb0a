//! What a definition says of its routes and authorizers that its author can hardly have meant; most of these rules need no response.

pub(in crate::rules) mod duplicate_route;
pub(in crate::rules) mod guarded_preflight;
pub(in crate::rules) mod ignored_setting;
pub(in crate::rules) mod implicit_deny_overruled;
pub(in crate::rules) mod unattached_authorizer;
pub(in crate::rules) mod unguarded_fallthrough;

/// How many places a finding names.
const PLACES: usize = 10;
