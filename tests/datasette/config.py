"""What Datasette is told of the record, read as it stands in datasette_config."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

CONFIG = Path(__file__).parents[2] / "datasette_config"
METADATA: dict[str, Any] = yaml.safe_load((CONFIG / "metadata.yaml").read_text("utf-8"))["databases"]["events"]
SETTINGS: dict[str, Any] = json.loads((CONFIG / "settings.json").read_text("utf-8"))
