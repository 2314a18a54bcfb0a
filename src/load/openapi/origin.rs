//! Which deployed API an exported document comes from.

use regex::Regex;
use std::sync::LazyLock;

use crate::source::Spanned;
use crate::syntax::Node;

/// What an export says about its API.
#[derive(Debug, Default)]
pub(super) struct Origin {
    /// The API id.
    pub(super) id: Option<String>,
    /// The stage that was exported.
    pub(super) stage: Option<Spanned<String>>,
}

#[expect(clippy::expect_used, reason = "the pattern is fixed")]
static HOST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:https://|wss://)?([a-z0-9]{10})\.execute-api\.[a-z0-9-]+\.amazonaws\.com").expect("it compiles")
});

/// Reads `host` and `basePath`, or the first server that is an API of API Gateway.
pub(super) fn read(root: &Node) -> Origin {
    if let Some(host) = root.get("host").and_then(Node::as_str) {
        return match HOST.captures(host) {
            Some(found) => Origin {
                id: found.get(1).map(|id| id.as_str().to_owned()),
                stage: root.get("basePath").and_then(stage),
            },
            None => Origin::default(),
        };
    }
    let servers = root.get("servers").map_or(&[][..], Node::items);
    let exported = servers.iter().find_map(|server| {
        let id = HOST.captures(server.get("url")?.as_str()?)?.get(1)?.as_str().to_owned();
        let base = server.get("variables").and_then(|variables| variables.get("basePath"));
        Some(Origin { id: Some(id), stage: base.and_then(|base| base.get("default")).and_then(stage) })
    });
    exported.unwrap_or_default()
}

/// The stage of a base path: the export has it as the only segment.
fn stage(node: &Node) -> Option<Spanned<String>> {
    let text = node.as_str()?;
    let name = text.trim_matches('/');
    let start = text.len() - text.trim_start_matches('/').len();
    let plain = !name.is_empty() && !name.contains(['/', '{']);
    plain.then(|| Spanned::new(name.to_owned(), node.span_of(start..start + name.len())))
}
