#!/usr/bin/env python3
"""Does the hook do its work in a real commit?

    pre_commit.py PRE_COMMIT BINARY BUILD

PRE_COMMIT is the program of that name, BINARY the linter that is installed, and BUILD a folder for what the hook that builds from source builds.
The hooks are taken from this repository as it stands, committed or not; the configuration of the hook is the one that the README shows.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUICKSTART = ROOT / "fixtures" / "quickstart"
CONFIG = 'routes = ["routes.txt"]\npolicies = ["responses/*.json"]\n'


def run(*command, folder, env=None, check=True):
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
    if check and done.returncode:
        sys.exit(f"{' '.join(map(str, command))}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done


def git(folder, *arguments, env=None, check=True):
    names = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    return run("git", *names, *arguments, folder=folder, env=env, check=check)


def hooks(folder):
    """A repository with what is tracked here, and what could be."""
    listed = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", folder=ROOT).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "--quiet", "--message", "as it stands")
    return git(folder, "rev-parse", "HEAD").stdout.strip()


def shown(pre_commit, temporary):
    """What README.md and docs/ci.md show as .pre-commit-config.yaml: one thing."""
    texts = [(ROOT / page).read_text() for page in ("README.md", "docs/ci.md")]
    blocks = [block for text in texts for block in re.findall(r"```yaml\n(.*?)```", text, re.S) if "hooks:" in block]
    if len(blocks) != 2 or blocks[0] != blocks[1]:
        sys.exit(f"the pages differ: {blocks}")
    path = temporary / "shown.yaml"
    path.write_text(blocks[0])
    run(pre_commit, "validate-config", path, folder=ROOT)
    return blocks[0]


class Project:
    """A repository with routes and a response, whose commits the hook looks at."""

    def __init__(self, folder, pre_commit, config, env):
        self.folder, self.env = folder, env
        git(folder, "init", "--quiet")
        self.write(".pre-commit-config.yaml", config)
        self.write("authorizer-lint.toml", CONFIG)
        shutil.copy(QUICKSTART / "routes.txt", folder)
        run(pre_commit, "install", "--install-hooks", folder=folder, env=env)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def take(self, response):
        self.write("responses/reader.json", (QUICKSTART / f"{response}.json").read_text())

    def commit(self):
        """The exit code, what was said, and whether there is a new commit."""
        head = lambda: git(self.folder, "rev-parse", "--verify", "--quiet", "HEAD", check=False).stdout
        before = head()
        git(self.folder, "add", "--all")
        done = git(self.folder, "commit", "--message", "a change", env=self.env, check=False)
        return done.returncode, done.stdout + done.stderr, head() != before


def expect(what, holds, said):
    if not holds:
        sys.exit(f"not so: {what}\n{said}")
    print(f"ok: {what}")


def silent(said):
    """The hook passed, and pre-commit, which is told to show even that, has nothing but its own lines to show."""
    _, passed, rest = said.partition("Passed\n")
    shown = [line for line in rest.splitlines() if line and not line.startswith(("- hook id: ", "- duration: "))]
    return passed and "- hook id: " in rest and not shown


def walk(project, name):
    project.take("policy")
    code, said, committed = project.commit()
    expect(f"{name} blocks the bad commit", code == 1 and not committed and "error[method-arn-echo]" in said, said)
    project.take("wildcard")
    code, said, committed = project.commit()
    expect(f"{name} passes the fixed one, and is silent", code == 0 and committed and silent(said), said)
    project.write("main.py", "print()\n")
    code, said, committed = project.commit()
    expect(f"{name} sleeps where the changed files are none of ours", code == 0 and committed and "Skipped" in said, said)


def main():
    pre_commit, binary, build = sys.argv[1:]
    with tempfile.TemporaryDirectory() as temporary:
        temporary = Path(temporary)
        for name in ("hooks", "installed", "built", "bare"):
            (temporary / name).mkdir()
        run(pre_commit, "validate-manifest", ".pre-commit-hooks.yaml", folder=ROOT)
        source = temporary / "hooks"
        revision = hooks(source)
        path = f"{Path(binary).resolve().parent}{os.pathsep}{os.environ['PATH']}"
        env = {**os.environ, "PATH": path, "PRE_COMMIT_HOME": str(temporary / "cache"), "CARGO_TARGET_DIR": str(Path(build).resolve())}
        # Fast to build; what it finds is the same.
        env.update(CARGO_PROFILE_RELEASE_LTO="off", CARGO_PROFILE_RELEASE_OPT_LEVEL="0", CARGO_PROFILE_RELEASE_CODEGEN_UNITS="16")
        page = shown(pre_commit, temporary)

        def config(identity):
            lines = {"https://github.com/OWNER/authorizer-lint": str(source), "rev: v0.1.0": f"rev: {revision}"}
            # What a hook that passes says is shown only on request.
            lines["id: authorizer-lint\n"] = f"id: {identity}\n        verbose: true\n"
            text = page
            for old, new in lines.items():
                if text.count(old) != 1:
                    sys.exit(f"no `{old}` in what the pages show")
                text = text.replace(old, new)
            return text

        installed = config("authorizer-lint-system")
        walk(Project(temporary / "installed", pre_commit, installed, env), "the hook that is installed")
        bare = Project(temporary / "bare", pre_commit, installed, env)
        (bare.folder / "authorizer-lint.toml").unlink()
        code, said, _ = bare.commit()
        expect("without a configuration the hook says what to do", code == 1 and "authorizer-lint init" in said, said)
        # That of the manifest, not one that is installed.
        env["PATH"] = os.environ["PATH"]
        walk(Project(temporary / "built", pre_commit, config("authorizer-lint"), env), "the hook that is built")


main()
