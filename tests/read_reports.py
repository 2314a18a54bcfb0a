"""Do the programs that our reports are for understand them? Needs `junitparser`, and Microsoft's SARIF Multitool.

    python3 tests/read_reports.py target/debug/authorizer-lint path/to/Sarif.Multitool

Every rule's example, and a file that can't be read, goes through `check`; what comes out must be valid for GitHub's ingestion of SARIF, for a
reader of JUnit, and for GitLab's Code Quality widget, and must hold as many findings as the JSON report.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

from junitparser import Error, Failure, JUnitXml

ROOT = pathlib.Path(__file__).resolve().parent.parent
SEVERITIES = {"info", "minor", "major", "critical", "blocker"}


def main(linter, multitool):
    folders = sorted(ROOT.glob("fixtures/rules/*/fires")) + sorted(ROOT.glob("fixtures/rules/*/fixed"))
    assert len(folders) > 50, "the fixtures were not found"
    cases = [(folder, ["policy.json"]) for folder in folders]
    cases.append((folders[0], ["policy.json", "no such.json", "*.yaml"]))
    with tempfile.TemporaryDirectory() as out, tempfile.TemporaryDirectory() as judged:
        out = pathlib.Path(out)
        total = sum(check(pathlib.Path(linter).resolve(), folder, policies, out / str(number))
                    for number, (folder, policies) in enumerate(cases))
        assert total > len(folders) / 2, f"only {total} findings"
        sarif(multitool, out, pathlib.Path(judged) / "judged.sarif", len(cases))
    print(f"{len(cases)} runs with {total} findings: SARIF, GitLab and JUnit are understood")


def check(linter, folder, policies, out):
    """Runs the linter, reads GitLab's and JUnit's report; the number of findings."""
    out.mkdir()
    command = [linter, "check", *policies]
    for format in ["json", "sarif", "gitlab", "junit"]:
        command += ["--format", f"{format}={out / format}.{format}"]
    args = folder / "args"
    for path in sorted(folder.iterdir()):
        command += ["--routes", path.name] if path.name not in ("policy.json", "args", "README.md") else []
    command += args.read_text().split("\n") if args.exists() else []
    run = subprocess.run([word for word in command if word], cwd=folder, capture_output=True, text=True)
    assert run.returncode in (0, 1, 2), run.stderr
    found = json.loads((out / "json.json").read_text())["findings"]
    gitlab((out / "gitlab.gitlab").read_bytes(), found, folder)
    junit(out / "junit.junit", found, run.returncode)
    return len(found)


def gitlab(report, found, folder):
    assert not report.startswith(b"\xef\xbb\xbf"), "GitLab refuses a byte order mark"
    report = json.loads(report)
    assert len(report) == len(found)
    assert len({one["fingerprint"] for one in report}) == len(report), "of equal fingerprints only one is shown"
    for one, finding in zip(report, found):
        assert one["check_name"] == finding["rule"] and one["description"].startswith(finding["rule"] + ": ")
        assert one["severity"] in SEVERITIES and one["fingerprint"] == finding["fingerprint"]
        path = one["location"]["path"]
        assert not path.startswith(("./", "/")) and path == finding["location"]["file"], path
        assert one["location"]["positions"]["begin"]["line"] == finding["location"]["line"]


def junit(path, found, code):
    report = JUnitXml.fromfile(str(path))
    suites = list(report)
    cases = [case for suite in suites for case in suite]
    assert cases, "a report without test cases is taken for a broken one"
    results = [result for case in cases for result in case.result]
    failures = [result for result in results if isinstance(result, Failure)]
    errors = [result for result in results if isinstance(result, Error)]
    assert (report.tests, report.failures, report.errors) == (len(cases), len(failures), len(errors))
    fails = [finding for finding in found if finding["severity"] != "note"]
    assert sorted(result.message for result in failures) == sorted(finding["message"] for finding in fails)
    assert bool(errors) == (code == 2) and bool(failures or errors) == (code != 0)
    assert len({(case.classname, case.name) for case in cases}) == len(cases), "equal names hide each other"


def sarif(multitool, out, result, count):
    """The multitool ends with 0 whatever it has found: its own report tells."""
    command = [multitool, "validate", f"{out}/*.sarif", "--recurse", "true", "--rule-kind", "Sarif;Ghas"]
    command += ["--level", "Error;Warning", "--output", str(result)]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0 and result.exists(), run.stdout + run.stderr
    (report,) = json.loads(result.read_text())["runs"]
    assert report["invocations"][0]["executionSuccessful"], report["invocations"]
    assert f"{count} files scanned" in run.stdout, run.stdout
    # While Cargo.toml names no repository there is no page about the tool.
    named = "\nrepository = " in (ROOT / "Cargo.toml").read_text()
    allowed = set() if named else {"SARIF2005"}
    wrong = [one for one in report.get("results", []) if one["ruleId"] not in allowed]
    for one in wrong:
        print(one["ruleId"], one.get("level", "warning"), one["message"], file=sys.stderr)
    assert not wrong


if __name__ == "__main__":
    main(*sys.argv[1:])
