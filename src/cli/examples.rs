//! What `--help` ends with: commands to copy. A test parses every line that begins with the name of the program.

pub(super) const ALL: &str = "\
Examples:
  authorizer-lint check responses/ --routes template.yaml
  authorizer-lint explain method-arn-echo

`authorizer-lint <COMMAND> --help` shows more of each.";

pub(super) const CHECK: &str = "\
Examples:
  authorizer-lint check response.json --routes openapi.yaml
  authorizer-lint check responses/ --routes template.yaml --authorizer TokenAuthorizer --fail-on error
  authorizer-lint check log.jsonl --routes 'infra/*.tf' --format text --format json=report.json
  authorizer-lint check - --no-routes < response.json

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 the job could not be done, 130 interrupted";

pub(super) const COVERAGE: &str = "\
Examples:
  authorizer-lint coverage response.json --routes openapi.yaml
  authorizer-lint coverage responses/ --routes cdk.out --format csv=matrix.csv";

pub(super) const ROUTES: &str = "\
Examples:
  authorizer-lint routes --routes template.yaml
  authorizer-lint routes --routes serverless.yml --stage dev --format json";

pub(super) const INIT: &str = "\
Examples:
  authorizer-lint init
  authorizer-lint check

It looks for definitions of APIs and for saved responses, also in folders below this one, and writes authorizer-lint.toml. A file of that name is left as it is: then the exit code is 2.";

pub(super) const EVENTS: &str = "\
Examples:
  authorizer-lint events --routes template.yaml --output-dir events
  authorizer-lint events 'GET /v1/users/7' --routes openapi.yaml --format jsonl
  authorizer-lint events --routes template.yaml --region eu-west-1 --stage prod --identity 'Bearer abc'

The value of --identity can also stand in the environment, as AUTHORIZER_LINT_IDENTITY. Parts of the ARN that neither the definition nor an option states are made up: region us-east-1, account 123456789012, API a1b2c3d4e5, stage `stage` (`$default` for an HTTP API).";

pub(super) const EXPLAIN: &str = "\
Examples:
  authorizer-lint explain
  authorizer-lint explain method-arn-echo";

pub(super) const COMPLETIONS: &str = "\
Examples:
  authorizer-lint completions bash > ~/.local/share/bash-completion/completions/authorizer-lint
  authorizer-lint completions zsh > ~/.zfunc/_authorizer-lint
  authorizer-lint completions fish > ~/.config/fish/completions/authorizer-lint.fish
  authorizer-lint completions powershell >> $PROFILE
  authorizer-lint completions elvish >> ~/.config/elvish/rc.elv";

pub(super) const MAN: &str = "\
Examples:
  authorizer-lint man | man -l -
  authorizer-lint man --output-dir ~/.local/share/man/man1";

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;
    use clap::Parser as _;

    use super::super::Cli;

    #[test]
    fn every_example_can_be_typed() {
        let command = Cli::command();
        let mut helps = vec![command.get_after_help().unwrap().to_string()];
        for subcommand in command.get_subcommands() {
            let help = subcommand.get_after_help().unwrap_or_else(|| panic!("{subcommand} has no examples"));
            helps.push(help.to_string());
        }
        for line in helps.iter().flat_map(|help| help.lines()).filter(|line| line.starts_with("  authorizer-lint ")) {
            let typed = line.split(['|', '<', '>']).next().unwrap();
            // Every other piece stood in quotes.
            let pieces = typed.split('\'').enumerate().flat_map(|(at, piece)| match at % 2 {
                0 => piece.split_whitespace().collect(),
                _ => vec![piece],
            });
            if let Err(error) = Cli::try_parse_from(pieces) {
                panic!("{line}: {error}");
            }
        }
    }
}
