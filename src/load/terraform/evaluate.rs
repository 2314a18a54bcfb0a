//! Expressions to terms: what the files decide is evaluated, the rest keeps its reason.
//!
//! Nothing is guessed. Work and nesting have a budget, because a reference can lead back to itself.

use std::rc::Rc;

use crate::load::terraform::access;
use crate::load::terraform::functions;
use crate::load::terraform::module::Module;
use crate::load::terraform::template;
use crate::load::terraform::term::Kind;
use crate::load::terraform::term::Term;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::hcl::BinaryOperator;
use crate::syntax::hcl::Expansion;
use crate::syntax::hcl::Expression;
use crate::syntax::hcl::ExpressionKind;
use crate::syntax::hcl::For;
use crate::syntax::hcl::UnaryOperator;

/// Where an expression stands: its module, and the names that are only known there, such as `each`.
#[derive(Clone)]
pub(super) struct Scope<'m> {
    /// The module.
    pub(super) module: &'m Module<'m>,
    /// The names, the innermost last.
    pub(super) names: Vec<(String, Term)>,
}

const DEEPEST: u32 = 150;

impl Scope<'_> {
    /// What an expression comes to.
    pub(super) fn evaluate(&self, expression: &Expression) -> Term {
        let tree = self.module.tree;
        let (budget, depth) = (tree.budget.get(), tree.depth.get());
        if budget == 0 || depth >= DEEPEST {
            return Term::unknown(expression.span, "it refers to too much, or to itself");
        }
        tree.budget.set(budget - 1);
        tree.depth.set(depth + 1);
        let term = self.evaluate_within(expression);
        tree.depth.set(depth);
        term
    }

    /// The same scope with more names.
    pub(super) fn with(&self, names: impl IntoIterator<Item = (String, Term)>) -> Self {
        let mut scope = self.clone();
        scope.names.extend(names);
        scope
    }

    /// The value of a name that is known here only.
    pub(super) fn named(&self, name: &str) -> Option<&Term> {
        self.names.iter().rev().find(|(known, _)| known == name).map(|(_, term)| term)
    }

    fn evaluate_within(&self, expression: &Expression) -> Term {
        let span = expression.span;
        let kind = match &expression.kind {
            ExpressionKind::Null => Kind::Null,
            ExpressionKind::Bool(value) => Kind::Bool(*value),
            ExpressionKind::Number(number) => Kind::Number(*number),
            ExpressionKind::Template(parts) => return template::term(self, parts, span),
            ExpressionKind::List(items) => Kind::List(items.iter().map(|item| self.evaluate(item)).collect()),
            ExpressionKind::Object(members) => return self.object(members, span),
            ExpressionKind::Name(name) => {
                return self.named(name).cloned().unwrap_or_else(|| self.strange(name, span));
            }
            ExpressionKind::Access(base, steps) => return access::term(self, base, steps, span),
            ExpressionKind::Conditional(conditional) => {
                let condition = self.evaluate(&conditional.condition);
                return match condition.truth() {
                    Some(true) => self.evaluate(&conditional.yes),
                    Some(false) => self.evaluate(&conditional.no),
                    None => Term::unknown(span, reason(&condition)),
                };
            }
            ExpressionKind::Call(name, arguments, expansion) => {
                return functions::call(self, name, &self.arguments(arguments, *expansion), span);
            }
            ExpressionKind::Unary(operator, operand) => return unary(*operator, &self.evaluate(operand), span),
            ExpressionKind::Binary(operator, operands) => return self.binary(*operator, operands, span),
            ExpressionKind::For(comprehension) => return self.comprehension(comprehension, span),
        };
        Term { span, kind }
    }

    fn strange(&self, name: &str, span: Span) -> Term {
        Term::unknown(span, format!("`{name}` is not known in `{}`", self.module.folder.path))
    }

    fn object(&self, members: &[(Expression, Expression)], span: Span) -> Term {
        let mut object = Vec::new();
        for (key, value) in members {
            let key = self.evaluate(key);
            let Some(name) = key.text() else { return Term::unknown(span, reason(&key)) };
            object.push((Spanned::new(name, key.span), self.evaluate(value)));
        }
        Term { span, kind: Kind::Object(object) }
    }

    fn arguments(&self, arguments: &[Expression], expansion: Expansion) -> Vec<Term> {
        let mut terms: Vec<Term> = arguments.iter().map(|argument| self.evaluate(argument)).collect();
        if expansion == Expansion::Last {
            match terms.pop() {
                Some(Term { kind: Kind::List(items), .. }) => terms.extend(items),
                Some(other) => terms.push(Term::unknown(other.span, reason(&other))),
                None => {}
            }
        }
        terms
    }

    fn binary(&self, operator: BinaryOperator, operands: &(Expression, Expression), span: Span) -> Term {
        let left = self.evaluate(&operands.0);
        // Both are decided by one side alone, where that side is known.
        match (operator, left.truth()) {
            (BinaryOperator::And, Some(false)) => return Term::bool(span, false),
            (BinaryOperator::Or, Some(true)) => return Term::bool(span, true),
            _ => {}
        }
        let right = self.evaluate(&operands.1);
        let value = match operator {
            BinaryOperator::And if right.truth() == Some(false) => Some(Kind::Bool(false)),
            BinaryOperator::Or if right.truth() == Some(true) => Some(Kind::Bool(true)),
            BinaryOperator::And => both(&left, &right, |left, right| left && right),
            BinaryOperator::Or => both(&left, &right, |left, right| left || right),
            BinaryOperator::Eq => equal(&left, &right).map(Kind::Bool),
            BinaryOperator::NotEq => equal(&left, &right).map(|same| Kind::Bool(!same)),
            _ => left.number().zip(right.number()).and_then(|numbers| calculate(operator, numbers)),
        };
        let unknown = || Kind::Unknown(left.gap().or_else(|| right.gap()).unwrap_or_else(|| NOT_COMPARED.into()));
        Term { span, kind: value.unwrap_or_else(unknown) }
    }

    fn comprehension(&self, comprehension: &For, span: Span) -> Term {
        let collection = self.evaluate(&comprehension.collection);
        let Some(elements) = elements(&collection) else { return Term::unknown(span, reason(&collection)) };
        let mut list = Vec::new();
        let mut object: Vec<(Spanned<String>, Term)> = Vec::new();
        for (key, value) in elements {
            let named = comprehension.key_name.clone().map(|name| (name, key));
            let scope = self.with(named.into_iter().chain([(comprehension.value_name.clone(), value)]));
            if let Some(condition) = &comprehension.condition {
                let condition = scope.evaluate(condition);
                match condition.truth() {
                    Some(true) => {}
                    Some(false) => continue,
                    None => return Term::unknown(span, reason(&condition)),
                }
            }
            let result = scope.evaluate(&comprehension.value);
            let Some(key) = &comprehension.key else {
                list.push(result);
                continue;
            };
            let key = scope.evaluate(key);
            let Some(name) = key.text() else { return Term::unknown(span, reason(&key)) };
            object.push((Spanned::new(name, key.span), result));
        }
        let kind = if comprehension.key.is_some() { Kind::Object(object) } else { Kind::List(list) };
        Term { span, kind }
    }
}

/// Why a term could not be used.
pub(super) fn reason(term: &Term) -> Rc<str> {
    term.gap().unwrap_or_else(|| "a value of another type was expected".into())
}

/// The keys (or positions) and elements of a collection.
pub(super) fn elements(collection: &Term) -> Option<Vec<(Term, Term)>> {
    match &collection.kind {
        Kind::List(items) => {
            let position =
                |(at, item): (u32, &Term)| (Term { span: item.span, kind: Kind::Number(f64::from(at)) }, item.clone());
            Some((0..).zip(items).map(position).collect())
        }
        Kind::Object(members) => {
            let member =
                |(key, value): &(Spanned<String>, Term)| (Term::text_of(key.span, key.value.clone()), value.clone());
            Some(members.iter().map(member).collect())
        }
        _ => None,
    }
}

const NOT_COMPARED: &str = "it compares what is only known after deployment";

fn unary(operator: UnaryOperator, operand: &Term, span: Span) -> Term {
    let kind = match operator {
        UnaryOperator::Not => operand.truth().map(|value| Kind::Bool(!value)),
        UnaryOperator::Neg => operand.number().map(|number| Kind::Number(-number)),
    };
    Term { span, kind: kind.unwrap_or_else(|| Kind::Unknown(reason(operand))) }
}

fn both(left: &Term, right: &Term, combine: fn(bool, bool) -> bool) -> Option<Kind> {
    Some(Kind::Bool(combine(left.truth()?, right.truth()?)))
}

/// Whether two terms are equal, where that can be told. An attribute that deployment fills in is never null.
pub(super) fn equal(left: &Term, right: &Term) -> Option<bool> {
    match (&left.kind, &right.kind) {
        (Kind::Unknown(_) | Kind::Missing(_), _) | (_, Kind::Unknown(_) | Kind::Missing(_)) => None,
        (Kind::Null, Kind::Null) => Some(true),
        (Kind::Null, _) | (_, Kind::Null) => Some(false),
        (Kind::List(left), Kind::List(right)) if left.is_empty() || right.is_empty() => Some(left.len() == right.len()),
        (Kind::Object(left), Kind::Object(right)) if left.is_empty() || right.is_empty() => {
            Some(left.len() == right.len())
        }
        _ => Some(left.text()? == right.text()?),
    }
}

fn calculate(operator: BinaryOperator, (left, right): (f64, f64)) -> Option<Kind> {
    Some(match operator {
        BinaryOperator::Less => Kind::Bool(left < right),
        BinaryOperator::LessEq => Kind::Bool(left <= right),
        BinaryOperator::Greater => Kind::Bool(left > right),
        BinaryOperator::GreaterEq => Kind::Bool(left >= right),
        BinaryOperator::Plus => Kind::Number(left + right),
        BinaryOperator::Minus => Kind::Number(left - right),
        BinaryOperator::Mul => Kind::Number(left * right),
        BinaryOperator::Div if right != 0.0 => Kind::Number(left / right),
        BinaryOperator::Mod if right != 0.0 => Kind::Number(left % right),
        _ => return None,
    })
}
