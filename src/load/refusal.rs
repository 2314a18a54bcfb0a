//! Why a definition of a known format gives no API, or one without a part.

use std::fmt;

use crate::load::route_key::KeyError;

/// What a loader could not take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// `get-resources` without `--embed methods`: methods without their authorizers.
    MethodsNotEmbedded,
    /// Saved output that says nothing about routes; what it is.
    WithoutRoutes(&'static str),
    /// A method or route that doesn't say on which path it is.
    MethodWithoutPath,
    /// A route that can't be read.
    Key(KeyError),
    /// The definition holds no API.
    NoApi(&'static str),
}

impl Refusal {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::MethodsNotEmbedded => {
                "save `aws apigateway get-resources --rest-api-id ID --embed methods` instead".to_owned()
            }
            Self::WithoutRoutes(_) => "also give the output of `aws apigateway get-resources --embed methods`, or of \
                 `aws apigatewayv2 get-routes`, in the same folder"
                .to_owned(),
            Self::MethodWithoutPath => {
                "`aws apigateway get-resources --rest-api-id ID --embed methods` has paths and methods".to_owned()
            }
            Self::Key(_) => "the rest of the definition was read without it".to_owned(),
            Self::NoApi(_) => "give the file that declares the API and its routes".to_owned(),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MethodsNotEmbedded => f.write_str("the methods were saved without their authorizers"),
            Self::WithoutRoutes(what) => write!(f, "{what} without the routes of the API"),
            Self::MethodWithoutPath => f.write_str("a method without the path that it is on"),
            Self::Key(error) => error.fmt(f),
            Self::NoApi(format) => write!(f, "this {format} declares no API"),
        }
    }
}
