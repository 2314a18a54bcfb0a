//! Where a run takes place, for the formats whose readers know nothing of it.

use std::env;
use std::fs;
use std::path::Path;

use authorizer_lint::report::uri::Base;
use authorizer_lint::report::uri::System;

/// The variables in which a runner says where it has put the checkout: GitHub's, then GitLab's.
const CHECKOUTS: [&str; 2] = ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"];

/// File names are relative to the checkout, or to the working directory where there is none or the file isn't in it.
pub(super) fn base() -> Base {
    let here = env::current_dir().map(|path| path.to_string_lossy().into_owned()).unwrap_or_default();
    let named = CHECKOUTS.iter().filter_map(env::var_os).filter(|root| !root.is_empty());
    // The working directory has no links in it, the name of the checkout may have some.
    let roots: Vec<String> = named
        .flat_map(|root| [fs::canonicalize(&root).unwrap_or_default(), Path::new(&root).to_owned()])
        .map(|root| root.to_string_lossy().into_owned())
        .filter(|root| Path::new(root).is_absolute())
        .collect();
    Base::new(System::THIS, &here, &roots)
}
