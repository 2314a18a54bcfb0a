//! `data "aws_iam_policy_document"`: a policy written as blocks, turned into the policy that it renders.
//!
//! <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document>

use crate::load::terraform::evaluate::Scope;
use crate::load::terraform::module::key;
use crate::load::terraform::term::Kind;
use crate::load::terraform::term::Term;
use crate::source::Spanned;
use crate::syntax::hcl::Block;

/// The rendered document; unknown where a part of it is made elsewhere.
pub(super) fn term(scope: &Scope<'_>, block: &Block) -> Term {
    let elsewhere = ["source_policy_documents", "override_policy_documents", "source_json", "override_json"];
    let parts = elsewhere.iter().find_map(|name| block.body.attribute(name));
    if parts.is_some() || block.body.blocks_of("dynamic").next().is_some() {
        return Term::unknown(block.header, "its statements are put together from other parts");
    }
    let statements = block.body.blocks_of("statement").map(|statement| self::statement(scope, statement)).collect();
    let version = Term::text_of(block.header, "2012-10-17");
    let document = Kind::Object(vec![
        (key("Version", block.header), version),
        (key("Statement", block.header), Term::list(block.header, statements)),
    ]);
    Term { span: block.header, kind: Kind::Json(Box::new(Term { span: block.header, kind: document })) }
}

/// The arguments of a statement, and the elements that they become.
const ELEMENTS: [(&str, &str); 5] = [
    ("sid", "Sid"),
    ("actions", "Action"),
    ("not_actions", "NotAction"),
    ("resources", "Resource"),
    ("not_resources", "NotResource"),
];

fn statement(scope: &Scope<'_>, block: &Block) -> Term {
    let span = block.header;
    let effect = block.body.attribute("effect").map(|attribute| scope.evaluate(&attribute.value));
    let mut members = vec![(key("Effect", span), effect.unwrap_or_else(|| Term::text_of(span, "Allow")))];
    for (argument, element) in ELEMENTS {
        if let Some(attribute) = block.body.attribute(argument) {
            members.push((Spanned::new(element.to_owned(), attribute.key.span), scope.evaluate(&attribute.value)));
        }
    }
    let everyone = |block: &Block| {
        let identifiers = block.body.attribute("identifiers").map(|attribute| scope.evaluate(&attribute.value));
        matches!(identifiers.map(|term| term.kind), Some(Kind::List(items)) if items.iter().any(|item| item.text().as_deref() == Some("*")))
    };
    for (kind, element) in [("principals", "Principal"), ("not_principals", "NotPrincipal"), ("condition", "Condition")]
    {
        let Some(block) = block.body.blocks_of(kind).next() else { continue };
        // Who and when doesn't matter here, only whether it is always.
        let value = if kind == "principals" && everyone(block) {
            Term::text_of(block.header, "*")
        } else {
            let some = vec![(key("some", block.header), Term::text_of(block.header, ""))];
            Term { span: block.header, kind: Kind::Object(some) }
        };
        members.push((Spanned::new(element.to_owned(), block.header), value));
    }
    Term { span, kind: Kind::Object(members) }
}
