"""Runs what docker-compose.yml would run, by hand: no container engine is needed.

Every command line, environment variable and secret file is read from docker-compose.yml and the
Dockerfile; only paths, ports and the database's host are replaced by throwaway ones. The database
asks for its password, so the password file is used as in earnest. Passes when `migrate` ends well,
`serve` becomes healthy by the image's own health check and ends on SIGTERM.

usage: compose.py TRYGG POSTGRES_URL POSTGRES_PASSWORD
"""

import json
import os
import pathlib
import re
import secrets
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

from ruamel.yaml import YAML


def dockerfile():
    """The image's environment, entry point, command and health check."""
    text = pathlib.Path("Dockerfile").read_text().replace("\\\n", " ")
    final = text[text.rindex("\nFROM ") :]
    environment = dict(
        pair.split("=", 1) for line in re.findall(r"^ENV (.*)$", final, re.M) for pair in shlex.split(line)
    )
    listed = lambda word: json.loads(re.search(rf"^{word} (\[.*\])$", final, re.M)[1])  # noqa: E731
    check = json.loads(re.search(r"^HEALTHCHECK .*?CMD (\[.*\])$", final, re.M)[1])
    return environment, listed("ENTRYPOINT"), listed("CMD"), check


def copied_is_enough():
    """Fails when the build's context lacks a file that Cargo.toml names."""
    wanted = [line[1:] for line in pathlib.Path(".dockerignore").read_text().splitlines() if line.startswith("!")]
    with tempfile.TemporaryDirectory() as folder:
        for name in wanted:
            if os.path.exists(name):
                target = pathlib.Path(folder, name)
                target.parent.mkdir(parents=True, exist_ok=True)
                subprocess.run(["cp", "-r", name, target], check=True)
        subprocess.run(
            ["cargo", "metadata", "--locked", "--no-deps", "--format-version", "1"],
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )


def main(trygg, postgres_url, password):
    compose = YAML(typ="safe").load(pathlib.Path("docker-compose.yml").read_text())
    image, entry, command, image_check = dockerfile()
    copied_is_enough()
    services = compose["services"]
    assert "ports" not in services["postgres"], "the database's port is published"
    for port in services["trygg"]["ports"]:
        assert port.startswith("127.0.0.1:"), f"{port} is published beyond this machine"
    for name, service in services.items():
        assert service["ulimits"]["core"] == 0, f"{name} may write core files"
    check = services["trygg"]["healthcheck"]["test"]
    assert check == ["CMD", *image_check], "compose and the image check health in two ways"

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = urllib.parse.urlsplit(postgres_url)
    subprocess.run(
        ["psql", postgres_url, "-q", "-c", "CREATE DATABASE compose"],
        env={**os.environ, "PGPASSWORD": password},
        check=True,
    )
    with tempfile.TemporaryDirectory() as folder:
        held = {
            "pgpass": f"*:*:*:*:{password}\n",
            "service_secret": secrets.token_hex(32) + "\n",
            "pepper": secrets.token_hex(32) + "\n",
            "release_key": secrets.token_hex(32) + "\n",
            "postgres_password": password,
        }
        assert set(held) == set(compose["secrets"]), "the secrets of the compose file are not those of this test"
        for name, text in held.items():
            path = pathlib.Path(folder, name)
            path.touch(mode=0o400)
            path.chmod(0o600)
            path.write_text(text)

        def local(value):
            """A value of the compose file, for this machine."""
            value = re.sub(r"\$\{\w+:-(.*?)\}", r"\1", str(value))
            for old, new in {
                "@postgres:5432/trygg": f"@{server.hostname}:{server.port}/compose",
                "/run/secrets/": f"{folder}/",
                "/var/lib/trygg": f"{folder}/data",
                "/usr/share/trygg/": f"{os.getcwd()}/",
                "0.0.0.0:8080": f"127.0.0.1:{port}",
            }.items():
                value = value.replace(old, new)
            return value

        def line(name):
            service = services[name]
            given = {**image, **service["environment"]}
            words = [*entry, *service.get("command", command)]
            words[0] = trygg
            print(name, "runs", shlex.join(words[1:]), "with", " ".join(sorted(given)))
            return words, {"PATH": os.environ["PATH"], **{key: local(value) for key, value in given.items()}}

        os.mkdir(f"{folder}/data")
        words, environment = line("migrate")
        subprocess.run(words, env=environment, cwd=f"{folder}/data", check=True, timeout=120)
        words, environment = line("trygg")
        process = subprocess.Popen(words, env=environment, cwd=f"{folder}/data")
        try:
            healthy = False
            for _ in range(120):
                assert process.poll() is None, "the service ended"
                answer = subprocess.run([trygg, *check[2:]], env=environment, cwd=f"{folder}/data", timeout=10)
                if answer.returncode == 0:
                    healthy = True
                    break
                time.sleep(0.25)
            assert healthy, "the service never became healthy"
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=30) == 0, "the service did not end well on SIGTERM"
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
    print("note: the compose file's services start, become healthy and stop")


if __name__ == "__main__":
    main(*sys.argv[1:])
