//! Random routes and patterns of a realistic shape.
#![allow(dead_code, clippy::allow_attributes, reason = "each test file uses its part")]

/// The methods of a request.
pub(crate) const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

const WORDS: [&str; 6] = ["v1", "v2", "users", "orders", "me", "a:b"];

/// A method, or `ANY`.
pub(crate) fn method(random: &mut fastrand::Rng) -> String {
    (*random.choice(["GET", "POST", "ANY", "DELETE"].as_slice()).unwrap()).to_owned()
}

/// A path template.
pub(crate) fn template(random: &mut fastrand::Rng) -> String {
    let mut template = String::new();
    for _ in 0..random.usize(1..5) {
        template.push('/');
        template.push_str(if random.u8(0..3) == 0 { "{x}" } else { random.choice(WORDS.as_slice()).unwrap() });
    }
    if random.u8(0..4) == 0 {
        template.push_str("/{rest+}");
    }
    template
}

/// The tail of a Resource, `api/stage/METHOD/path`, with wildcards.
pub(crate) fn pattern(random: &mut fastrand::Rng) -> String {
    let mut pattern = format!("api/{}/", random.choice(["s", "*", "s", "?"].as_slice()).unwrap());
    pattern.push_str(random.choice(["GET", "*", "POST", "P*T", "GE?"].as_slice()).unwrap());
    for _ in 0..random.usize(0..5) {
        pattern.push('/');
        match random.u8(0..8) {
            0 => pattern.push('*'),
            1 => pattern.push_str("*s"),
            2 => pattern.push_str("v?"),
            3 => pattern.push_str("u*e*s"),
            _ => pattern.push_str(random.choice(WORDS.as_slice()).unwrap()),
        }
    }
    pattern
}

/// A template without the names of its parameters.
pub(crate) fn shape(template: &str) -> String {
    template.replace("rest+", "+")
}

/// Whether a template takes the paths that it has in common with another one.
pub(crate) fn wins(rival: &str, template: &str) -> bool {
    let rank = |segment: &str| if segment.ends_with("+}") { 2 } else { u8::from(segment.starts_with('{')) };
    let pairs = rival.split('/').zip(template.split('/'));
    let differs = |(left, right): &(&str, &str)| rank(left) != rank(right) || (rank(left) == 0 && left != right);
    pairs.into_iter().find(differs).is_some_and(|(left, right)| rank(left) < rank(right))
}
