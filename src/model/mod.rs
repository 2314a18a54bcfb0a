//! What an API and an authorizer response *are*, free of input formats. Loaders fill these types; everything after reads them.

pub mod arn;
pub mod arn_shape;
pub mod authorizer;
pub mod deployment;
pub mod identity_source;
pub mod intent;
pub mod placeholder;
pub mod policy;
pub mod project;
pub mod response;
pub mod route;
pub mod template;
