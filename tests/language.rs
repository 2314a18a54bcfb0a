//! Does the search agree with trying every word? Random patterns over a small alphabet, every word up to a bound, a naive matcher.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::sync::Arc;

use authorizer_lint::language::Alphabet;
use authorizer_lint::language::Budget;
use authorizer_lint::language::Pattern;
use authorizer_lint::language::Position;
use authorizer_lint::language::Program;
use authorizer_lint::language::Query;
use authorizer_lint::language::Step;

const SYMBOLS: &[u8] = b"ab:/";
const LONGEST: usize = 5;

/// Matches steps one by one, trying every length for a run.
fn naive(steps: &[Step], text: &[u8]) -> bool {
    match (steps, text) {
        ([], _) => text.is_empty(),
        ([Step::Run(except), rest @ ..], _) => {
            let held = text.iter().take_while(|&&byte| Some(byte) != *except).count();
            (0..=held).any(|length| naive(rest, &text[length..]))
        }
        ([Step::One(except), rest @ ..], [byte, tail @ ..]) => Some(*byte) != *except && naive(rest, tail),
        ([Step::Byte(wanted), rest @ ..], [byte, tail @ ..]) => wanted == byte && naive(rest, tail),
        (_, []) => false,
    }
}

/// Every word up to the bound, the better example first.
fn words(alphabet: &Alphabet) -> Vec<Vec<u8>> {
    let mut all = vec![Vec::new()];
    let mut last = all.clone();
    for _ in 0..LONGEST {
        last = last
            .iter()
            .flat_map(|word| SYMBOLS.iter().map(move |&symbol| [word.as_slice(), &[symbol]].concat()))
            .collect();
        all.extend(last.iter().filter(|word| alphabet.is_word(word)).cloned());
    }
    all.sort_by(|left, right| alphabet.compare(left, right));
    all
}

fn random_pattern(random: &mut fastrand::Rng) -> Pattern {
    let mut pattern = Pattern::new();
    for _ in 0..random.usize(0..7) {
        let except = if random.u8(0..4) == 0 { Some(random.choice(*b":/").unwrap()) } else { None };
        pattern.push(match random.u8(0..9) {
            0..=4 => Step::Byte(*random.choice(SYMBOLS).unwrap()),
            // A byte that is no symbol: it can never be matched.
            5 if random.u8(0..4) == 0 => Step::Byte(b'{'),
            5 | 6 => Step::One(except),
            _ => Step::Run(except),
        });
    }
    pattern
}

#[test]
fn every_answer_equals_enumeration() {
    let cases = std::env::var_os("AUTHORIZER_LINT_CASES").map_or(10_000, |n| n.to_str().unwrap().parse().unwrap());
    let alphabet = Arc::new(Alphabet::new("ba:/", '/'));
    let words = words(&alphabet);
    let mut random = fastrand::Rng::with_seed(7);
    let (mut found, mut empty) = (0, 0);
    for case in 0..cases {
        let mut program = Program::new(Arc::clone(&alphabet));
        let patterns = |most: usize, random: &mut fastrand::Rng| -> Vec<Pattern> {
            (0..random.usize(0..=most)).map(|_| random_pattern(random)).collect()
        };
        let required: Vec<Vec<Pattern>> = (0..random.usize(0..3)).map(|_| patterns(3, &mut random)).collect();
        let avoided = patterns(4, &mut random);
        let mut add = |patterns: &[Pattern]| patterns.iter().map(|pattern| program.add(pattern)).collect::<Vec<_>>();
        let (required_at, avoided_at) = (required.iter().map(|group| add(group)).collect(), add(&avoided));
        let query = Query { program: &program, required: required_at, avoided: avoided_at, longest: LONGEST };
        let expected = words.iter().find(|word| {
            required.iter().all(|group| group.iter().any(|pattern| naive(pattern.steps(), word)))
                && !avoided.iter().any(|pattern| naive(pattern.steps(), word))
        });
        let answer = query.shortest(&Budget::new(1_000_000)).unwrap();
        assert_eq!(answer.as_ref(), expected, "case {case}: {required:?} without {avoided:?}");
        if expected.is_some() { found += 1 } else { empty += 1 }
    }
    assert!(found > cases / 4 && empty > cases / 8, "{found} found, {empty} empty: the cases are lopsided");
}

#[test]
fn advancing_over_a_text_equals_matching_the_whole() {
    let alphabet = Arc::new(Alphabet::new("ba:/", '/'));
    let mut random = fastrand::Rng::with_seed(11);
    let words = words(&alphabet);
    for _ in 0..2_000 {
        let pattern = random_pattern(&mut random);
        let mut program = Program::new(Arc::clone(&alphabet));
        let start = program.add(&pattern);
        let word = random.choice(&words).unwrap();
        let cut = random.usize(0..=word.len());
        let middle = program.advance(&[start], &word[..cut]);
        let matched = program.advance(&middle, &word[cut..]).into_iter().any(|at| program.accepts(at));
        assert_eq!(matched, naive(pattern.steps(), word), "{pattern:?} on {word:?}");
        assert_eq!(program.matches(start, word), matched);
    }
}

#[test]
fn a_budget_that_is_used_up_is_an_answer_of_its_own() {
    let alphabet = Arc::new(Alphabet::new("ba:/", '/'));
    let mut program = Program::new(alphabet);
    // The last symbol but twenty is forbidden to be an `a` and required to be one: every set of positions has to be tried.
    let row = "?".repeat(20);
    let avoided =
        vec![program.add(&Pattern::glob(&format!("*a{row}"))), program.add(&Pattern::glob(&format!("*b{row}")))];
    let required = vec![vec![program.add(&Pattern::glob(&format!("*a{row}")))]];
    let query = Query { program: &program, required, avoided, longest: 1600 };
    assert!(query.shortest(&Budget::new(100_000)).is_err());
}

/// A program over letters and two separators, and the positions of some globs.
fn program(globs: &[String]) -> (Program, Vec<Position>) {
    let mut program = Program::new(Arc::new(Alphabet::new("abcdefgh:/", '/')));
    let positions = globs.iter().map(|glob| program.add(&Pattern::glob(glob))).collect();
    (program, positions)
}

/// What a query is answered with, and how much of a budget that takes.
fn asked(globs: &[String], required: usize, longest: usize) -> (Option<String>, u64) {
    let (program, mut required_at) = program(globs);
    let avoided = required_at.split_off(required);
    let query = Query { program: &program, required: vec![required_at], avoided, longest };
    let budget = Budget::new(10_000_000);
    let answer = query.shortest(&budget).unwrap();
    (answer.map(|word| String::from_utf8(word).unwrap()), 10_000_000 - budget.left())
}

#[test]
fn what_can_be_seen_takes_no_search() {
    let [all, row, word] = ["*", "a?*", "a"].map(str::to_owned);
    let (program, at) = program(&[all, row, word]);
    let ask = |required: Vec<Vec<Position>>, avoided| {
        let query = Query { program: &program, required, avoided, longest: 9 };
        query.shortest(&Budget::new(0)).unwrap()
    };
    assert_eq!(ask(vec![vec![at[1]]], vec![at[2]]).as_deref(), Some(&b"aa"[..]));
    assert_eq!(ask(vec![Vec::new()], vec![at[2]]), None);
    assert_eq!(ask(vec![vec![at[1], at[2]]], vec![at[0]]), None);
}

#[test]
fn eight_groups_can_be_followed_and_no_more() {
    let globs: Vec<String> = "abcdefgh".chars().chain(['a']).map(|letter| format!("*{letter}*")).collect();
    let (program, at) = program(&globs);
    for (groups, expected) in [(7, Ok(7)), (8, Ok(8)), (9, Err(()))] {
        let required = at.iter().take(groups).map(|&at| vec![at]).collect();
        let query = Query { program: &program, required, avoided: Vec::new(), longest: 12 };
        let length = query.shortest(&Budget::new(10_000_000)).map(|word| word.unwrap().len());
        assert_eq!(length.map_err(|_| ()), expected, "{groups} groups");
    }
    assert_eq!(Query::GROUPS, 8);
}

#[test]
fn a_separator_is_never_taken_for_a_letter() {
    let mut program = Program::new(Arc::new(Alphabet::new("/ba", '/')));
    let [one, b] = ["?", "b"].map(|glob| program.add(&Pattern::glob(glob)));
    let query = Query { program: &program, required: vec![vec![one]], avoided: vec![b], longest: 4 };
    assert_eq!(query.shortest(&Budget::new(1_000)).unwrap().as_deref(), Some(&b"a"[..]));
}

#[test]
fn the_search_keeps_only_what_can_still_win() {
    let row = |length: usize| "?".repeat(length);
    let alternatives = (1..=18).map(|length| format!("*{}*/b", "a".repeat(length))).chain(["a*".to_owned()]);
    let suffixes = (0..18).map(|length| format!("*a{}h", row(length)));
    let endings = std::iter::once("*h".to_owned()).chain(suffixes);
    let endings = endings.chain(["?h", "h", "??h", "*b?h"].map(str::to_owned));
    // What was measured: much more is a state that is visited in vain, much less is work that isn't counted.
    for (globs, required, expected, measured) in
        [(alternatives.collect::<Vec<_>>(), 18, Some("ba/b"), 100), (endings.collect(), 1, Some("bcbh"), 11_488)]
    {
        let (answer, spent) = asked(&globs, required, 60);
        assert_eq!(answer.as_deref(), expected);
        assert!((measured * 9 / 10..=measured * 11 / 10).contains(&spent), "{spent} for {expected:?}");
    }
}

#[test]
fn proving_that_there_is_no_word_is_a_search_of_its_own() {
    let row = "?".repeat(17);
    let globs = [format!("*a?{row}"), "a*".to_owned(), format!("*a?{row}")];
    let (program, at) = program(&globs);
    let query =
        Query { program: &program, required: vec![vec![at[0]], vec![at[1]]], avoided: vec![at[2]], longest: 24 };
    let budget = Budget::new(10_000_000);
    assert!(query.is_empty(&budget).unwrap());
    let spent = 10_000_000 - budget.left();
    assert!((25_000..30_000).contains(&spent), "{spent}");
}
