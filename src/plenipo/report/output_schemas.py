"""JSON Schemas of every JSON that comes out, made from `plenipo.report.shapes`, so that the two cannot part."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from typing_extensions import get_original_bases, is_typeddict

from plenipo.situations.json_schema import DIALECT, Json, write_each

#: Every kind of JSON, by the `kind` that it names where it names one, with its shape.
OUTPUTS: Mapping[str, str] = {
    "advice": "advice:AdviceData",
    "by-source": "explaining:BySourceData",
    "explanation": "explaining:ExplanationData",
    "trace": "explaining:TraceData",
    "graph": "graph:GraphData",
    "outlook": "inquiries:OutlookData",
    "change": "inquiries:ChangeData",
    "roadmap": "inquiries:RoadmapData",
    "report": "report:ReportData",
    "questionnaire": "inquiries:QuestionnaireData",
    "comparison": "many_cases:ContrastData",
    "sweep": "many_cases:SweepData",
    "sweep-line": "many_cases:SweepLineData",
    "robustness": "many_cases:RobustnessData",
    "batch-summary": "batch:BatchSummaryData",
    "batch-reject": "batch:BatchRejectData",
    "batch": "batch:BatchAboutData",
    "overview": "rulebook:OverviewData",
    "entry": "rulebook:CatalogueData",
    "sources": "rulebook:SourcesData",
    "verification": "rulebook:VerificationData",
    "check": "rulebook:CheckData",
    "diff": "rulebook:RulebookDifferenceData",
    "suite": "suite:SuiteData",
    "coverage": "suite:CoverageData",
    "mutation": "suite:MutationData",
    "generation": "suite:GenerationData",
    "fault": "faults:FaultData",
}


@cache
def output_schemas() -> Mapping[str, Json]:
    """Return the JSON Schema of every kind of JSON that comes out, by kind; a key that is not there is refused."""
    return {kind: _schema(kind, _shape(where)) for kind, where in OUTPUTS.items()}


def write_output_schemas(folder: Path) -> tuple[Path, ...]:
    """Write each schema to its file in a folder, which is made if need be, and return the files."""
    return write_each(output_schemas(), folder)


def _shape(where: str) -> type:
    module, _, name = where.partition(":")
    shape: type = getattr(import_module(f"plenipo.report.shapes.{module}"), name)
    return shape


def _schema(kind: str, shape: type) -> Json:
    made = _untitled(TypeAdapter(shape).json_schema())
    definitions = made.get("$defs", {})
    whole = made if "properties" in made else definitions[shape.__name__]
    shapes = {each.__name__: each for each in _shapes()}
    for name, schema in {**definitions, shape.__name__: whole}.items():
        if name in shapes:
            _explain(schema, shapes[name])
    if "kind" in whole["properties"]:
        whole["properties"]["kind"] = {**whole["properties"]["kind"], "type": "string", "const": kind}
    return {"$schema": DIALECT, "title": kind, **made}


def _shapes() -> list[type]:
    """Return every shape that is loaded."""
    modules = [module for name, module in sys.modules.items() if name.startswith("plenipo.report.shapes.")]
    return [each for module in modules for each in vars(module).values() if is_typeddict(each)]


def _explain(schema: Json, shape: type) -> None:
    """Put the sentence on each key into its schema; a key that has none there has it from a shape below."""
    sentences = _all_sentences(shape)
    for key, part in schema["properties"].items():
        if key in sentences:
            part["description"] = sentences[key]


def _all_sentences(shape: type) -> dict[str, str]:
    found: dict[str, str] = {}
    for base in get_original_bases(shape):
        if is_typeddict(base):
            found |= _all_sentences(base)
    return {**found, **_sentences(shape.__module__).get(shape.__name__, {})}


@cache
def _sentences(module: str) -> Mapping[str, Mapping[str, str]]:
    """Return the sentences that stand below the keys of the shapes of a module: shape -> key -> sentence."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: dict(_below(node)) for node in tree.body if isinstance(node, ast.ClassDef)}


def _below(shape: ast.ClassDef) -> list[tuple[str, str]]:
    return [
        (key.target.id, " ".join(str(said.value.value).split()))
        for key, said in zip(shape.body, shape.body[1:], strict=False)
        if isinstance(key, ast.AnnAssign) and isinstance(key.target, ast.Name)
        if isinstance(said, ast.Expr) and isinstance(said.value, ast.Constant)
    ]


def _untitled(schema: Any) -> Any:
    """Return a schema without the titles that pydantic makes of names."""
    if isinstance(schema, list):
        return [_untitled(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: {name: _untitled(below) for name, below in value.items()}
        if key in ("properties", "$defs")
        else _untitled(value)
        for key, value in schema.items()
        if key != "title"
    }
