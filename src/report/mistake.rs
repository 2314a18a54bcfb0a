//! One mistake in a file that is no input of the analysis, such as the configuration: what is wrong, and the line with the place underlined.

use annotate_snippets::AnnotationKind;
use annotate_snippets::Level;
use annotate_snippets::Renderer;
use annotate_snippets::Snippet;

use super::Paint;
use super::harmless;
use crate::source::Sources;
use crate::source::Span;

/// The mistake in words, without a word for how bad it is.
#[must_use]
pub fn draw(sources: &Sources, span: Span, message: &str, paint: Paint) -> String {
    let source = sources.get(span.source);
    let length = source.text.len();
    let range = (span.start as usize).min(length)..(span.end as usize).min(length);
    let message = harmless(message);
    let name = harmless(&source.name);
    let snippet = Snippet::source(source.text.as_str()).path(name).annotation(AnnotationKind::Primary.span(range));
    let renderer = match paint {
        Paint::Plain => Renderer::plain(),
        Paint::Ansi => Renderer::styled(),
    };
    renderer.render(&[Level::ERROR.no_name().primary_title(message).element(snippet)])
}
