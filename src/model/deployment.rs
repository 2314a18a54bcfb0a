//! Where an API is deployed: what precedes `METHOD/path` in an ARN.

use std::fmt;

/// One component of a deployment and how it became known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Component {
    /// The text that stands in ARNs.
    pub value: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// How a component of a deployment became known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The definition, an option or a recorded event says so.
    Stated,
    /// A Resource of the policy names it.
    Inferred,
    /// Nothing names it: a value that no Resource names either.
    Fresh,
}

/// Partition, region, account, API id and stage.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Deployment {
    /// `aws`, `aws-cn`, `aws-us-gov`.
    pub partition: Component,
    /// `eu-west-1`
    pub region: Component,
    /// The account id.
    pub account: Component,
    /// The API id.
    pub api: Component,
    /// The stage; `$default` stands literally in an ARN.
    pub stage: Component,
}

impl Deployment {
    /// The five components in the order of an ARN, with their names as reports show them.
    #[must_use]
    pub const fn components(&self) -> [(&'static str, &Component); 5] {
        [
            ("partition", &self.partition),
            ("region", &self.region),
            ("account", &self.account),
            ("api", &self.api),
            ("stage", &self.stage),
        ]
    }

    /// The ARN up to and including the slash after the stage.
    #[must_use]
    pub fn arn_prefix(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for Deployment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [partition, region, account, api, stage] = self.components().map(|(_, component)| &component.value);
        write!(f, "arn:{partition}:execute-api:{region}:{account}:{api}/{stage}/")
    }
}
