"""Where a dataset comes from, in the words of W3C PROV-O, as JSON-LD: reports, runs, programs, files.

Which mention rests on which report and which incident on which mentions is in the tables themselves.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dateline.publishing.laid import column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dateline.publishing.dataset import Dataset, Material
    from dateline.publishing.order import Order
    from dateline.storing.manifest import Manifest

CONTEXT = {
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "label": "rdfs:label",
    "value": "prov:value",
    "used": {"@id": "prov:used", "@type": "@id"},
    "wasGeneratedBy": {"@id": "prov:wasGeneratedBy", "@type": "@id"},
    "wasDerivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "wasAssociatedWith": {"@id": "prov:wasAssociatedWith", "@type": "@id"},
    "wasInformedBy": {"@id": "prov:wasInformedBy", "@type": "@id"},
    "startedAtTime": {"@id": "prov:startedAtTime", "@type": "xsd:dateTime"},
    "sha256": "schema:sha256",
}

Node = dict[str, Any]


def provenance(dataset: Dataset, material: Material, order: Order, hashes: Mapping[str, str]) -> bytes:
    """Return the provenance of the files with these hashes, by path."""
    graph = [
        *_software(material.runs),
        *_runs(material.runs),
        *map(_report, column(dataset.reports, "id")),
        _publication(dataset, material, order),
        *_files(hashes),
    ]
    text = json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1)
    return f"{text}\n".encode()


def settings(material: Material, order: Order) -> dict[str, Any]:
    """Return what was chosen for a publication: the filter, and all that changes what is in its files."""
    return {
        "query": material.query,
        "policy": order.policy,
        "imputation": order.rule.value,
        "longest_quote": order.quotes,
        "least_incidents_a_place": order.least,
        "pseudonyms": order.key is not None,
        "texts": order.texts,
        "formats": [str(it) for it in order.formats],
    }


def _software(runs: Iterable[Manifest]) -> Iterator[Node]:
    named = {f"{name}/{version}": (name, version) for run in runs for name, version in run.versions}
    for key, (name, version) in sorted(named.items()):
        label = f"{name} {version}"
        yield {"@id": f"urn:dateline:software:{key}", "@type": "prov:SoftwareAgent", "label": label}


def _runs(runs: Iterable[Manifest]) -> Iterator[Node]:
    for run in runs:
        node: Node = {
            "@id": _run(run.run),
            "@type": "prov:Activity",
            "label": f"run {run.number}: reading, coding, grounding, linking",
            "startedAtTime": run.clock.started,
            "wasAssociatedWith": [f"urn:dateline:software:{name}/{version}" for name, version in run.versions],
            "value": f"stage {run.stage}; linker {run.linker}; words of people: {len(run.judgements)}",
        }
        yield node | ({"wasInformedBy": _run(run.parent)} if run.parent else {})


def _run(name: str) -> str:
    return f"urn:dateline:run:{name}"


def _report(key: str) -> Node:
    return {"@id": f"urn:sha256:{key}", "@type": "prov:Entity"}


def _publication(dataset: Dataset, material: Material, order: Order) -> Node:
    node: Node = {
        "@id": "urn:dateline:publication",
        "@type": "prov:Activity",
        "label": "filtering, masking of private names, rounding of coordinates, writing",
        "value": json.dumps(settings(material, order), ensure_ascii=False, sort_keys=True),
        "used": [f"urn:sha256:{name}" for name in column(dataset.reports, "id")],
    }
    return node | ({"wasInformedBy": _run(material.runs[-1].run)} if material.runs else {})


def _files(hashes: Mapping[str, str]) -> Iterator[Node]:
    for path, sha in sorted(hashes.items()):
        yield {"@id": path, "@type": "prov:Entity", "sha256": sha, "wasGeneratedBy": "urn:dateline:publication"}
