//! JSON whose keys stay in the order in which AWS documents them.

use serde::Serialize;
use serde::Serializer;

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum Tree {
    /// A text.
    Text(String),
    /// A number.
    Number(u64),
    /// A list.
    List(Vec<Self>),
    /// Keys and values, in order.
    #[serde(serialize_with = "in_order")]
    Object(Vec<(String, Self)>),
}

fn in_order<S: Serializer>(members: &[(String, Tree)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(members.iter().map(|(key, value)| (key, value)))
}

impl Tree {
    /// An object of these members.
    pub(super) fn object<K: Into<String>, V: Into<Self>>(members: impl IntoIterator<Item = (K, V)>) -> Self {
        Self::Object(members.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
    }

    /// Sets what a dotted name means inside this object, unless it is there already.
    pub(super) fn complete(&mut self, name: &str, value: &str) {
        let Self::Object(members) = self else { return };
        let (key, rest) = name.split_once('.').map_or((name, None), |(key, rest)| (key, Some(rest)));
        let at = members.iter().position(|(known, _)| known == key);
        match (at.and_then(|at| members.get_mut(at)), rest) {
            (Some((_, inner)), Some(rest)) => inner.complete(rest, value),
            (Some(_), None) => {}
            (None, Some(rest)) => {
                let mut inner = Self::Object(Vec::new());
                inner.complete(rest, value);
                members.push((key.to_owned(), inner));
            }
            (None, None) => members.push((key.to_owned(), value.into())),
        }
    }
}

impl From<&str> for Tree {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Tree {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Tree {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl<T: Into<Self>> From<Vec<T>> for Tree {
    fn from(values: Vec<T>) -> Self {
        Self::List(values.into_iter().map(Into::into).collect())
    }
}
