#!/usr/bin/env python3
"""Does the hook do its work in a real commit?

    pre_commit.py PRE_COMMIT BINARY BUILD

PRE_COMMIT is the program of that name, BINARY the linter that is installed, and BUILD a folder for what the hook that builds from source builds.
The hooks are taken from this repository as it stands, committed or not.
"""

import os
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


class Project:
    """A repository with routes and a response, whose commits the hook looks at."""

    def __init__(self, folder, pre_commit, hook, env):
        self.folder, self.env = folder, env
        source, revision, identity = hook
        git(folder, "init", "--quiet")
        self.write(".pre-commit-config.yaml", f"repos:\n- repo: {source}\n  rev: {revision}\n  hooks:\n  - id: {identity}\n")
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


def walk(project, name):
    project.take("policy")
    code, said, committed = project.commit()
    expect(f"{name} blocks the bad commit", code == 1 and not committed and "error[method-arn-echo]" in said, said)
    project.take("wildcard")
    code, said, committed = project.commit()
    silent = "Passed" in said and "routes" not in said.replace("routes.txt", "")
    expect(f"{name} passes the fixed one, and is silent", code == 0 and committed and silent, said)
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
        installed = (source, revision, "authorizer-lint-system")
        walk(Project(temporary / "installed", pre_commit, installed, env), "the hook that is installed")
        bare = Project(temporary / "bare", pre_commit, installed, env)
        (bare.folder / "authorizer-lint.toml").unlink()
        code, said, _ = bare.commit()
        expect("without a configuration the hook says what to do", code == 1 and "authorizer-lint init" in said, said)
        # That of the manifest, not one that is installed.
        env["PATH"] = os.environ["PATH"]
        walk(Project(temporary / "built", pre_commit, (source, revision, "authorizer-lint"), env), "the hook that is built")


main()
