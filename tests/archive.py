#!/usr/bin/env python3
"""Does an archive of a release hold what it should, where `cargo binstall` looks for it?

    archive.py BINARY

Packs BINARY as if it were built for some target, and unpacks it by the names that Cargo.toml tells to `cargo binstall`.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Whatever is built here can be run here; the name only stands in paths.
TARGET = "packed-for-a-test"


def main():
    package = tomllib.loads((ROOT / "Cargo.toml").read_text())["package"]
    built = ROOT / "target" / TARGET
    (built / "debug").mkdir(parents=True, exist_ok=True)
    shutil.copy2(sys.argv[1], built / "debug")
    names = {"name": package["name"], "version": package["version"], "target": TARGET, "repo": "", "bin": package["name"], "binary-ext": ""}

    def filled(template):
        for name, value in names.items():
            template = template.replace("{ %s }" % name, value)
        assert "{" not in template, f"nobody fills {template}"
        return template

    binstall = package["metadata"]["binstall"]
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "PROFILE": "debug"}
        subprocess.run(["bash", ROOT / "packaging/archive", TARGET, folder], env=env, check=True)
        archive = filled(binstall["pkg-url"]).rpartition("/")[2]
        assert os.listdir(folder) == [archive], f"{archive}, but {os.listdir(folder)}"
        with tarfile.open(Path(folder) / archive) as packed:
            packed.extractall(folder, filter="data")
        binary = Path(folder) / filled(binstall["bin-dir"])
        said = subprocess.run([binary, "--version"], capture_output=True, text=True, check=True).stdout
        assert said == f"{package['name']} {package['version']}\n", said
        held = {str(path.relative_to(binary.parent)) for path in binary.parent.rglob("*") if path.is_file() and path.stat().st_size}
        wanted = {binary.name, "README.md", "CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "man/authorizer-lint.1"}
        wanted |= {f"completions/authorizer-lint.{shell}" for shell in ("bash", "elvish", "fish", "powershell", "zsh")}
        assert wanted <= held, f"not in the archive: {wanted - held}"
    shutil.rmtree(built)
    print(f"ok: {archive} holds {len(held)} files")


main()
