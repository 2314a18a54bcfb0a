"""Lets AWS's own transform turn templates of SAM into CloudFormation, for `tests/loaders_corpus.rs` to compare.

    python3 tests/sam_translate.py OUTPUT

Reads every template of SAM below `fixtures/loaders`, and those of `shared/corpus/sam` where such a folder is beside or above the repository.
Writes `OUTPUT/fixtures/<path>.json` and `OUTPUT/corpus/<name>.json`; a template that the transform refuses gets `<name>.refused` with its words.
Needs `aws-sam-translator`, PyYAML and nothing of the network: managed policies are an empty list, and what `sam package` would have uploaded
is put in place (local definitions) or given a made-up address (code).
"""

import json
import logging
import os
import pathlib
import sys

for variable, value in {"AWS_DEFAULT_REGION": "eu-central-1", "AWS_EC2_METADATA_DISABLED": "true"}.items():
    os.environ[variable] = value

from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
MARK = "AWS::Serverless"
ENDINGS = {".yaml", ".yml", ".json", ".template"}
CODE = {
    "AWS::Serverless::LayerVersion": ("ContentUri", "s3://made-up/layer.zip"),
    "AWS::Serverless::StateMachine": ("DefinitionUri", "s3://made-up/machine.json"),
}

# What the fixtures hold to see how mistakes are told. The transform refuses a template as a whole because of one of them.
LEFT_OUT = {
    "fixtures/sam/rest.yaml": [("Menus", "Odd"), ("Orders", "Elsewhere")],
    "fixtures/sam/http.yaml": [("Books", "Missing")],
    "fixtures/sam/definition.yaml": [("Lost", None)],
}


def inputs():
    """Each template with the name that its output gets."""
    folders = {"fixtures": REPOSITORY / "fixtures/loaders"}
    beside = [parent / "shared/corpus/sam" for parent in REPOSITORY.parents]
    folders.update({"corpus": folder for folder in beside if folder.is_dir()})
    for label, folder in folders.items():
        for path in sorted(folder.rglob("*")):
            if path.suffix in ENDINGS and MARK in path.read_text(encoding="utf-8"):
                yield path, f"{label}/{path.relative_to(folder)}"


def local(place):
    return isinstance(place, str) and "://" not in place


def included(value, folder):
    """The value with the local files of `AWS::Include` in their places."""
    if isinstance(value, list):
        return [included(item, folder) for item in value]
    if not isinstance(value, dict):
        return value
    include = value.get("Fn::Transform")
    if isinstance(include, dict) and include.get("Name") == "AWS::Include":
        place = include.get("Parameters", {}).get("Location")
        if local(place) and (folder / place).is_file():
            rest = {key: item for key, item in value.items() if key != "Fn::Transform"}
            return included({**yaml_parse((folder / place).read_text(encoding="utf-8")), **rest}, folder)
    return {key: included(item, folder) for key, item in value.items()}


def package(template, folder):
    """Does the part of `sam package` that the transform insists on."""
    shared = template.get("Globals") or {}
    for resource in template["Resources"].values():
        kind, properties = resource.get("Type"), resource.setdefault("Properties", {})
        key, address = CODE.get(kind, (None, None))
        if local(properties.get(key)):
            properties[key] = address
        if kind == "AWS::Serverless::Function":
            give_code(properties, shared.get("Function") or {})
        definition = properties.get("DefinitionUri")
        if kind != "AWS::Serverless::StateMachine" and local(definition) and (folder / definition).is_file():
            del properties["DefinitionUri"]
            properties["DefinitionBody"] = yaml_parse((folder / definition).read_text(encoding="utf-8"))


def give_code(properties, shared):
    """Fixtures are short and leave out what has nothing to do with an API."""
    for key, made_up in {"Runtime": "nodejs22.x", "Handler": "index.handler"}.items():
        if properties.get("PackageType", shared.get("PackageType")) != "Image" and key not in shared:
            properties.setdefault(key, made_up)
    stated = {**shared, **properties}
    if local(stated.get("CodeUri")) or not {"CodeUri", "InlineCode", "ImageUri"} & stated.keys():
        properties["CodeUri"] = "s3://made-up/code.zip"


def leave_out(template, name):
    for resource, event in LEFT_OUT.get(name, []):
        if event is None:
            del template["Resources"][resource]
        else:
            del template["Resources"][resource]["Properties"]["Events"][event]


def translate(path, name):
    template = included(yaml_parse(path.read_text(encoding="utf-8")), path.parent)
    leave_out(template, name)
    package(template, path.parent)
    parameters = template.get("Parameters") or {}
    defaults = {name: parameter["Default"] for name, parameter in parameters.items() if "Default" in parameter}
    return Translator({}, Parser()).translate(template, defaults)


def main():
    logging.disable(logging.WARNING)
    output = pathlib.Path(sys.argv[1])
    done = refused = 0
    for path, name in inputs():
        target = output / f"{name}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            target.write_text(json.dumps(translate(path, name), indent=2, default=str), encoding="utf-8")
            done += 1
        except InvalidDocumentException as error:
            words = "\n".join(cause.message for cause in error.causes)
            (output / f"{name}.refused").write_text(words, encoding="utf-8")
            refused += 1
            print(f"refused {name}: {words}")
    print(f"{done} templates transformed, {refused} refused")


if __name__ == "__main__":
    main()
