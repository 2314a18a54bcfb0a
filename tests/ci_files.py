#!/usr/bin/env python3
"""Would the services take what we give them?

    ci_files.py CHECK_JSONSCHEMA ZIZMOR

Holds action.yml, the workflows and the YAML of docs/ci.md to the published schemas, and lets zizmor look at what GitHub would run. CodeBuild has no
schema: there the report must be the one that the command writes. Hooks of pre-commit are the work of pre_commit.py.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent


def hold(check, schema, *files):
    done = subprocess.run([check, "--builtin-schema", schema, *map(str, files)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    print(f"ok: {schema}: {len(files)}")


def hold_codebuild(block):
    spec = yaml.safe_load(block)
    commands = " ".join(spec["phases"]["build"]["commands"])
    for report in spec["reports"].values():
        if report["file-format"] != "JUNITXML" or any(f"junit={file}" not in commands for file in report["files"]):
            sys.exit(f"no such report is written:\n{block}")
    print("ok: CodeBuild")


def main():
    check, zizmor = sys.argv[1:]
    workflows = sorted((ROOT / ".github/workflows").glob("*.yml"))
    hold(check, "vendor.github-actions", ROOT / "action.yml")
    with tempfile.TemporaryDirectory() as temporary:
        blocks = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs/ci.md").read_text(), re.S)
        kinds = {"vendor.github-workflows": [], "vendor.gitlab-ci": []}
        for number, block in enumerate(blocks):
            path = Path(temporary) / f"{number}.yml"
            path.write_text(block)
            if "runs-on:" in block:
                kinds["vendor.github-workflows"].append(path)
            elif "codequality:" in block:
                kinds["vendor.gitlab-ci"].append(path)
            elif "phases:" in block:
                hold_codebuild(block)
            elif "hooks:" not in block:
                sys.exit(f"nobody looks at this:\n{block}")
        if [len(paths) for paths in kinds.values()] != [2, 1]:
            sys.exit(f"the page shows other snippets than are looked at: {kinds}")
        hold(check, "vendor.github-workflows", *workflows, *kinds["vendor.github-workflows"])
        hold(check, "vendor.gitlab-ci", *kinds["vendor.gitlab-ci"])
    done = subprocess.run([zizmor, "--offline", "--no-progress", "--min-severity", "medium", *map(str, workflows), str(ROOT / "action.yml")], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    print("ok: zizmor")


main()
