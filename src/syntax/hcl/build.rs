//! From the tree of `hcl-edit` to ours: every range becomes a span, and what only matters to an editor is left behind.

use std::ops::Range;

use hcl_edit::Span as _;
use hcl_edit::expr;
use hcl_edit::structure;
use hcl_edit::template;

use crate::source::SourceId;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::hcl::Attribute;
use crate::syntax::hcl::Block;
use crate::syntax::hcl::Body;
use crate::syntax::hcl::Conditional;
use crate::syntax::hcl::Expansion;
use crate::syntax::hcl::Expression;
use crate::syntax::hcl::ExpressionKind;
use crate::syntax::hcl::For;
use crate::syntax::hcl::ForPart;
use crate::syntax::hcl::IfPart;
use crate::syntax::hcl::Part;
use crate::syntax::hcl::Step;

/// Knows the text that the ranges are of.
pub(super) struct Builder<'t> {
    /// The file.
    pub(super) source: SourceId,
    /// Its text.
    pub(super) text: &'t str,
}

impl Builder<'_> {
    /// A file, or the inside of a block.
    pub(super) fn body(&self, body: &structure::Body) -> Body {
        let attribute = |attribute: &structure::Attribute| Attribute {
            key: Spanned::new(attribute.key.to_string(), self.span(attribute.key.span())),
            value: self.expression(&attribute.value),
        };
        Body {
            attributes: body.attributes().map(attribute).collect(),
            blocks: body.blocks().map(|block| self.block(block)).collect(),
        }
    }

    /// The parts of a template; heredocs line by line, because each line loses its own indentation.
    pub(super) fn parts(&self, template: &template::Template) -> Vec<Part> {
        template.iter().flat_map(|element| self.part(element)).collect()
    }

    fn block(&self, block: &structure::Block) -> Block {
        let label = |label: &structure::BlockLabel| {
            let span = match label {
                structure::BlockLabel::Ident(ident) => ident.span(),
                structure::BlockLabel::String(text) => text.span(),
            };
            Spanned::new(label.as_str().to_owned(), self.span(span))
        };
        let labels: Vec<_> = block.labels.iter().map(label).collect();
        let ident = self.span(block.ident.span());
        let end = labels.last().map_or(ident.end, |label| label.span.end);
        Block { header: Span { end, ..ident }, kind: block.ident.to_string(), labels, body: self.body(&block.body) }
    }

    fn expression(&self, expression: &expr::Expression) -> Expression {
        let kind = match expression {
            expr::Expression::Parenthesis(inner) => return self.expression(inner.inner()),
            expr::Expression::Null(_) => ExpressionKind::Null,
            expr::Expression::Bool(value) => ExpressionKind::Bool(*value.value()),
            expr::Expression::Number(value) => ExpressionKind::Number(value.value().as_f64().unwrap_or_default()),
            expr::Expression::String(text) => {
                ExpressionKind::Template(vec![Part::Literal(self.quoted(text.value(), text.span()))])
            }
            expr::Expression::StringTemplate(template) => ExpressionKind::Template(self.parts(template)),
            expr::Expression::HeredocTemplate(heredoc) => ExpressionKind::Template(self.parts(&heredoc.template)),
            expr::Expression::Array(items) => {
                ExpressionKind::List(items.iter().map(|item| self.expression(item)).collect())
            }
            expr::Expression::Object(object) => {
                ExpressionKind::Object(object.iter().map(|(key, value)| self.member(key, value)).collect())
            }
            expr::Expression::Variable(name) => ExpressionKind::Name(name.to_string()),
            expr::Expression::Traversal(traversal) => ExpressionKind::Access(
                Box::new(self.expression(&traversal.expr)),
                traversal.operators.iter().map(|operator| self.step(operator)).collect(),
            ),
            expr::Expression::Conditional(choice) => ExpressionKind::Conditional(Box::new(self.conditional(choice))),
            expr::Expression::FuncCall(call) => self.call(call),
            expr::Expression::UnaryOp(operation) => {
                ExpressionKind::Unary(*operation.operator.value(), Box::new(self.expression(&operation.expr)))
            }
            expr::Expression::BinaryOp(operation) => ExpressionKind::Binary(
                *operation.operator.value(),
                Box::new((self.expression(&operation.lhs_expr), self.expression(&operation.rhs_expr))),
            ),
            expr::Expression::ForExpr(comprehension) => {
                ExpressionKind::For(Box::new(self.comprehension(comprehension)))
            }
        };
        Expression { span: self.span(expression.span()), kind }
    }

    fn member(&self, key: &expr::ObjectKey, value: &expr::ObjectValue) -> (Expression, Expression) {
        let key = match key {
            expr::ObjectKey::Ident(ident) => {
                let span = self.span(ident.span());
                let literal = Part::Literal(Spanned::new(ident.to_string(), span));
                Expression { span, kind: ExpressionKind::Template(vec![literal]) }
            }
            expr::ObjectKey::Expression(expression) => self.expression(expression),
        };
        (key, self.expression(value.expr()))
    }

    fn step(&self, operator: &expr::TraversalOperator) -> Step {
        match operator {
            expr::TraversalOperator::AttrSplat(_) | expr::TraversalOperator::FullSplat(_) => Step::Splat,
            expr::TraversalOperator::GetAttr(name) => Step::Attribute(name.to_string()),
            expr::TraversalOperator::Index(index) => Step::Index(self.expression(index)),
            expr::TraversalOperator::LegacyIndex(index) => {
                let number = u32::try_from(*index.value()).map_or(f64::MAX, f64::from);
                Step::Index(Expression { span: self.span(index.span()), kind: ExpressionKind::Number(number) })
            }
        }
    }

    fn conditional(&self, choice: &expr::Conditional) -> Conditional {
        Conditional {
            condition: self.expression(&choice.cond_expr),
            yes: self.expression(&choice.true_expr),
            no: self.expression(&choice.false_expr),
        }
    }

    fn call(&self, call: &expr::FuncCall) -> ExpressionKind {
        let expansion = if call.args.expand_final() { Expansion::Last } else { Expansion::None };
        let arguments = call.args.iter().map(|argument| self.expression(argument)).collect();
        ExpressionKind::Call(call.name.name.to_string(), arguments, expansion)
    }

    fn comprehension(&self, comprehension: &expr::ForExpr) -> For {
        let intro = &comprehension.intro;
        For {
            key_name: intro.key_var.as_ref().map(ToString::to_string),
            value_name: intro.value_var.to_string(),
            collection: self.expression(&intro.collection_expr),
            key: comprehension.key_expr.as_ref().map(|key| self.expression(key)),
            value: self.expression(&comprehension.value_expr),
            condition: comprehension.cond.as_ref().map(|condition| self.expression(&condition.expr)),
        }
    }

    fn part(&self, element: &template::Element) -> Vec<Part> {
        match element {
            template::Element::Literal(text) => self.lines(text.value(), text.span()),
            template::Element::Interpolation(filled) => {
                vec![Part::Interpolation(Spanned::new(self.expression(&filled.expr), self.span(filled.span())))]
            }
            template::Element::Directive(directive) => vec![self.directive(directive)],
        }
    }

    fn directive(&self, directive: &template::Directive) -> Part {
        match directive {
            template::Directive::If(found) => Part::If(Box::new(IfPart {
                condition: self.expression(&found.if_expr.cond_expr),
                yes: self.parts(&found.if_expr.template),
                no: found.else_expr.as_ref().map(|other| self.parts(&other.template)).unwrap_or_default(),
            })),
            template::Directive::For(found) => Part::For(Box::new(ForPart {
                key_name: found.for_expr.key_var.as_ref().map(ToString::to_string),
                value_name: found.for_expr.value_var.to_string(),
                collection: self.expression(&found.for_expr.collection_expr),
                body: self.parts(&found.for_expr.template),
            })),
        }
    }

    /// A literal, cut into lines where it reads otherwise than it was written.
    fn lines(&self, text: &str, range: Option<Range<usize>>) -> Vec<Part> {
        let range = range.unwrap_or_default();
        let written = self.text.get(range.clone()).unwrap_or_default();
        let literal =
            |text: &str, range: Range<usize>| Part::Literal(Spanned::new(text.to_owned(), self.span(Some(range))));
        if written == text || written.lines().count() != text.lines().count() {
            return vec![literal(text, range)];
        }
        let mut start = range.start;
        let mut parts = Vec::new();
        for (line, raw) in text.split_inclusive('\n').zip(written.split_inclusive('\n')) {
            let end = start + raw.len();
            let from = if raw.ends_with(line) { end - line.len() } else { start };
            parts.push(literal(line, from..end));
            start = end;
        }
        parts
    }

    /// A quoted string: its text stands between the quotes, unless escapes make it read otherwise.
    fn quoted(&self, text: &str, range: Option<Range<usize>>) -> Spanned<String> {
        let range = range.unwrap_or_default();
        let inside = range.start + 1..range.end.saturating_sub(1);
        let range = if self.text.get(inside.clone()) == Some(text) { inside } else { range };
        Spanned::new(text.to_owned(), self.span(Some(range)))
    }

    fn span(&self, range: Option<Range<usize>>) -> Span {
        let range = range.unwrap_or_default();
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span { source: self.source, start: offset(range.start), end: offset(range.end) }
    }
}
