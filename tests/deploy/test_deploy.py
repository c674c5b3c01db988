"""What can be said of deploy/ without a cluster: it is well-formed, safe, and names what exists."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import generate_latest

from bot.bewaking import REGISTER
from bot.cli import parser
from bot.settings import PROJECT_MAP

DEPLOY = PROJECT_MAP / "deploy"
MANIFESTEN = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
EIGEN = [naam for naam, dienst in COMPOSE["services"].items() if "routewijzer:" in dienst["image"]]


def _objects() -> Iterator[dict[str, Any]]:
    for bestand in MANIFESTEN:
        if bestand.name != "kustomization.yaml":
            yield from yaml.safe_load_all(bestand.read_text(encoding="utf-8"))


def _pods() -> Iterator[tuple[str, dict[str, Any]]]:
    for ding in _objects():
        spec = ding.get("spec") or {}
        if ding["kind"] == "CronJob":
            spec = spec["jobTemplate"]["spec"]
        if "template" in spec:
            yield ding["metadata"]["name"], spec["template"]


def test_every_manifest_is_named_in_the_kustomization_and_has_what_kubernetes_asks() -> None:
    lijst = yaml.safe_load((DEPLOY / "kubernetes" / "kustomization.yaml").read_text())["resources"]
    assert sorted([*lijst, "kustomization.yaml"]) == [bestand.name for bestand in MANIFESTEN]
    for ding in _objects():
        assert {"apiVersion", "kind", "metadata"} <= set(ding)
        assert ding["metadata"]["name"]


def test_kustomize_can_put_it_together() -> None:
    kubectl = shutil.which("kubectl")
    if kubectl is None:
        pytest.skip("kubectl is hier niet")
    uit = subprocess.run(
        [kubectl, "kustomize", str(DEPLOY / "kubernetes")], capture_output=True, text=True, check=True
    )
    assert len(list(yaml.safe_load_all(uit.stdout))) == len(list(_objects()))


@pytest.mark.parametrize(("naam", "pod"), _pods(), ids=[naam for naam, _ in _pods()])
def test_a_pod_is_no_root_cannot_write_and_has_bounds(naam: str, pod: dict[str, Any]) -> None:
    spec = pod["spec"]
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert spec["automountServiceAccountToken"] is False
    for houder in spec["containers"]:
        assert houder["securityContext"]["readOnlyRootFilesystem"] is True
        assert houder["securityContext"]["allowPrivilegeEscalation"] is False
        assert houder["securityContext"]["capabilities"] == {"drop": ["ALL"]}
        assert {"cpu", "memory"} <= set(houder["resources"]["limits"]) & set(houder["resources"]["requests"])
        koppen = {volume["name"] for volume in spec["volumes"]}
        assert {plek["name"] for plek in houder["volumeMounts"]} <= koppen


def test_selectors_find_their_pods_and_services_their_ports() -> None:
    labels = {naam: pod["metadata"]["labels"] for naam, pod in _pods()}
    for ding in _objects():
        if ding["kind"] == "Deployment":
            assert ding["spec"]["selector"]["matchLabels"] == labels[ding["metadata"]["name"]]
        if ding["kind"] == "Service":
            (pod,) = [pod for naam, pod in _pods() if labels[naam] == ding["spec"]["selector"]]
            poorten = {poort["name"] for houder in pod["spec"]["containers"] for poort in houder["ports"]}
            assert {poort["targetPort"] for poort in ding["spec"]["ports"]} <= poorten


def test_the_server_has_probes_for_starting_living_and_being_ready() -> None:
    pod = next(pod for naam, pod in _pods() if naam == "server")
    (houder,) = pod["spec"]["containers"]
    paden = {naam: houder[f"{naam}Probe"]["httpGet"]["path"] for naam in ("startup", "liveness", "readiness")}
    assert paden == {"startup": "/gezond", "liveness": "/gezond", "readiness": "/gereed"}


def test_everything_is_closed_until_it_is_opened() -> None:
    beleid = [ding for ding in _objects() if ding["kind"] == "NetworkPolicy"]
    assert any(
        b["spec"]["podSelector"] == {} and b["spec"]["policyTypes"] == ["Ingress", "Egress"]
        and not {"ingress", "egress"} & set(b["spec"])
        for b in beleid
    )  # fmt: skip


def test_no_secret_stands_in_a_file() -> None:
    assert not [ding for ding in _objects() if ding["kind"] == "Secret"]
    for regel in (DEPLOY / "omgeving.voorbeeld").read_text(encoding="utf-8").splitlines():
        if re.match(r"\w*(PASSWORD|SECRET|TOKEN)", regel):
            assert regel.endswith("=")


@pytest.mark.parametrize("naam", EIGEN)
def test_a_container_of_ours_cannot_write_nor_gain_rights(naam: str) -> None:
    dienst = COMPOSE["services"][naam]
    assert dienst["read_only"] is True
    assert dienst["cap_drop"] == ["ALL"]
    assert dienst["security_opt"] == ["no-new-privileges:true"]


def test_compose_depends_only_on_what_it_has_and_opens_ports_on_loopback_only() -> None:
    for dienst in COMPOSE["services"].values():
        assert set(dienst.get("depends_on", {})) <= set(COMPOSE["services"])
        for bron in (v.partition(":")[0] for v in dienst.get("volumes", [])):
            assert bron.startswith(("./", "$")) or bron in COMPOSE["volumes"]
            if bron.startswith("./") and bron != "./kopie":
                assert (DEPLOY / bron).exists()
        assert all(poort.startswith("127.0.0.1:") for poort in dienst.get("ports", []))


def test_every_command_that_a_container_gets_exists() -> None:
    opdrachten = [dienst["command"] for naam, dienst in COMPOSE["services"].items() if naam in EIGEN
                  and "command" in dienst]  # fmt: skip
    opdrachten += [
        houder["args"]
        for _, pod in _pods()
        for houder in pod["spec"]["containers"]
        if "command" not in houder
    ]
    assert len(opdrachten) >= 6
    for opdracht in opdrachten:
        parser().parse_args(opdracht)


def test_compose_and_kubernetes_use_only_settings_that_are_documented() -> None:
    beschreven = (PROJECT_MAP / "docs" / "instellingen.md").read_text(encoding="utf-8")
    for bestand in [*DEPLOY.rglob("*.yaml"), DEPLOY / "Containerfile", DEPLOY / "omgeving.voorbeeld"]:
        for naam in re.findall(r"ROUTEWIJZER_[A-Z_]+", bestand.read_text(encoding="utf-8")):
            assert f"`{naam}`" in beschreven, f"{bestand.name}: {naam}"


def test_dashboard_and_alarms_ask_for_figures_that_are_given() -> None:
    gegeven = set(re.findall(r"^# TYPE (\w+)", generate_latest(REGISTER).decode(), re.MULTILINE))
    bord = json.loads((DEPLOY / "grafana" / "routewijzer.json").read_text(encoding="utf-8"))
    meldingen = yaml.safe_load((DEPLOY / "prometheus" / "meldingen.yml").read_text(encoding="utf-8"))
    vragen = [doel["expr"] for paneel in bord["panels"] for doel in paneel["targets"]]
    vragen += [regel["expr"] for groep in meldingen["groups"] for regel in groep["rules"]]
    for vraag in vragen:
        for naam in re.findall(r"\b(?:routewijzer|process)_\w+", vraag):
            kaal = re.sub(r"_(bucket|count|sum)$", "", naam)
            assert kaal in gegeven, vraag


def test_visitors_do_not_reach_the_figures() -> None:
    nginx = (DEPLOY / "nginx" / "doorgeven.conf").read_text(encoding="utf-8")
    assert re.search(r"location = /metrics \{ return 404; \}", nginx)
    open_ = re.findall(
        r"\{path: (\S+), pathType: (\w+)", (DEPLOY / "kubernetes" / "toegang.yaml").read_text()
    )
    assert open_
    assert ("/", "Prefix") not in open_
    assert [pad for pad, _ in open_ if "/metrics".startswith(pad) and pad != "/"] == []


def test_nginx_takes_its_configuration(tmp_path: Path) -> None:
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    if nginx is None:
        pytest.skip("nginx is hier niet (make counterparts)")
    # Names of other containers do not exist here; what is checked is the rest of the file.
    conf = (DEPLOY / "nginx" / "nginx.conf").read_text(encoding="utf-8")
    for van, naar in (
        ("server server:5005 ", "server 127.0.0.1:5005 "),
        ("/etc/nginx/routewijzer/", f"{DEPLOY / 'nginx'}/"),
        ("/tmp/nginx", f"{tmp_path}/nginx"),
    ):
        assert van in conf
        conf = conf.replace(van, naar)
    (tmp_path / "nginx.conf").write_text(conf, encoding="utf-8")
    opdracht = [nginx, "-t", "-q", "-c", str(tmp_path / "nginx.conf")]
    uit = subprocess.run(opdracht, capture_output=True, text=True, check=False)
    assert uit.returncode == 0, uit.stderr
