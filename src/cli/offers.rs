//! Values that completions offer, for arguments whose own parser has better words for a wrong one than a list of all.

use std::ffi::OsStr;

use clap::Arg;
use clap::Command;
use clap::Error;
use clap::ValueEnum;
use clap::builder::PossibleValue;
use clap::builder::TypedValueParser;

use super::output::Target;

/// A parser, and the values that it is likely to get.
#[derive(Clone)]
pub(super) struct Offers<P> {
    parser: P,
    values: fn() -> Vec<PossibleValue>,
}

impl<P: TypedValueParser> Offers<P> {
    pub(super) const fn new(parser: P, values: fn() -> Vec<PossibleValue>) -> Self {
        Self { parser, values }
    }
}

impl<P: TypedValueParser> TypedValueParser for Offers<P> {
    type Value = P::Value;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<Self::Value, Error> {
        self.parser.parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.values)().into_iter()))
    }
}

/// `FORMAT[=FILE]`
pub(super) fn target<F: ValueEnum + Clone + Send + Sync + 'static>() -> impl TypedValueParser<Value = Target<F>> {
    Offers::new(Target::<F>::parse, || F::value_variants().iter().filter_map(ValueEnum::to_possible_value).collect())
}

/// Takes everything: what is wrong with it, the command says.
#[expect(clippy::unnecessary_wraps, reason = "a parser may fail")]
pub(super) fn any(text: &str) -> Result<String, String> {
    Ok(text.to_owned())
}

/// The ids of all rules.
pub(super) fn rules() -> Vec<PossibleValue> {
    authorizer_lint::rules::RULES.iter().map(|rule| PossibleValue::new(rule.id)).collect()
}
