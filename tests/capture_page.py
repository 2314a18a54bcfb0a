#!/usr/bin/env python3
"""Do the ways of docs/capture.md lead to a response that is found out? Needs bash, jq and Node.js.

    capture_page.py BINARY

Runs every block of the page in a project. In the place of `aws` and `sam` stand scripts with an authorizer that echoes the ARN of the request, as in
the quickstart; after each way of saving, `check` must find the echo.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = """Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Auth:
        DefaultAuthorizer: Guard
        Authorizers: {Guard: {FunctionArn: !GetAtt MyAuthorizer.Arn}}
  Users:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        List: {Type: Api, Properties: {RestApiId: !Ref Api, Method: get, Path: /v1/users}}
        Orders: {Type: Api, Properties: {RestApiId: !Ref Api, Method: get, Path: /v1/orders}}
  MyAuthorizer: {Type: AWS::Serverless::Function}
"""
AUTHORIZER = """import json
import sys

def handler(event, context):
    statement = {"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": event["methodArn"]}
    return {"principalId": "reader", "policyDocument": {"Version": "2012-10-17", "Statement": [statement]}}

"""
AWS = AUTHORIZER + """options = dict(zip(sys.argv[3::2], sys.argv[4::2]))
if sys.argv[1:3] == ["lambda", "invoke"]:
    assert options["--cli-binary-format"] == "raw-in-base64-out" and options["--payload"].startswith("file://")
    event = json.load(open(options["--payload"].removeprefix("file://")))
    json.dump(handler(event, None), open(sys.argv[-1], "w"))
else:
    assert sys.argv[1:3] == ["apigateway", "test-invoke-authorizer"] and options["--rest-api-id"] and options["--authorizer-id"]
    arn = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/test-invoke-stage/GET" + options["--path-with-query-string"]
    policy = json.dumps(handler({"methodArn": arn}, None)["policyDocument"])
    json.dump({"clientStatus": 0, "log": "", "latency": 1, "principalId": "reader", "policy": policy, "authorization": {}}, sys.stdout)
"""
SAM = AUTHORIZER + """assert sys.argv[1:5] == ["local", "invoke", "MyAuthorizer", "--event"]
json.dump(handler(json.load(open(sys.argv[5])), None), sys.stdout)
"""
NODE = """const fs = require("fs");
const test = (name, body) => body();
const statement = (event) => ({ Action: "execute-api:Invoke", Effect: "Allow", Resource: event.methodArn });
const handler = async (event) => ({ principalId: "reader", policyDocument: { Version: "2012-10-17", Statement: [statement(event)] } });
"""
ONE = AUTHORIZER + """event = json.load(open(sorted(__import__("pathlib").Path("events").glob("*.json"))[0]))
response = handler(event, None)
"""


def run(folder, env, *command):
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)


def found(done, folder):
    """Whether what ran, if it was a check, or else a check of what it saved, tells of an echo."""
    log = folder / "recorded.jsonl"
    if "method-arn-echo" in done.stdout:
        return done.returncode == 1
    if done.returncode or not log.exists():
        return False
    checked = subprocess.run([sys.argv[1], "check", log, "--routes", "template.yaml"], cwd=folder, capture_output=True, text=True)
    return checked.returncode == 1 and "method-arn-echo" in checked.stdout


def main():
    sys.argv[1] = str(Path(sys.argv[1]).resolve())
    blocks = re.findall(r"```(\w+)\n(.*?)```", (ROOT / "docs/capture.md").read_text(), re.S)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "template.yaml").write_text(TEMPLATE)
        tools = folder / "tools"
        tools.mkdir()
        for name, text in {"aws": AWS, "sam": SAM}.items():
            (tools / name).write_text(f"#!{sys.executable}\n{text}")
            (tools / name).chmod(0o755)
        (tools / "authorizer-lint").symlink_to(sys.argv[1])
        env = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", "TOKEN": "x"}
        ran = 0
        for kind, block in blocks:
            (folder / "recorded.jsonl").unlink(missing_ok=True)
            if kind == "sh":
                done = run(folder, env, "bash", "-euc", block)
            elif kind == "js":
                done = run(folder, env, "node", "-e", NODE + block)
            elif kind == "python" and block.startswith("def "):
                done = run(folder, env, sys.executable, "-c", f"{AUTHORIZER}import pathlib\n{block}test_responses_are_saved()\n")
            elif kind == "python":
                done = run(folder, env, sys.executable, "-c", ONE + block)
                (folder / "recorded.jsonl").write_text(done.stdout)
            elif kind == "console":
                continue
            else:
                sys.exit(f"nobody runs this:\n{block}")
            if not found(done, folder):
                sys.exit(f"no echo was found; exit code {done.returncode}\n{block}{done.stdout}{done.stderr}")
            ran += 1
    if ran != 6:
        sys.exit(f"{ran} ways, not 6")
    print(f"ok: {ran} blocks of docs/capture.md save what is found out")


main()
