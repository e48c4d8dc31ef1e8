"""nginx, in front of a product."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lab.services import wait_for

CONFIG = """
daemon off; master_process off; pid {place}/nginx.pid; error_log {place}/nginx.log warn;
events {{ worker_connections 256; }}
http {{
  access_log {place}/access.log;
  client_body_temp_path {place}/body; proxy_temp_path {place}/proxy;
  fastcgi_temp_path {place}/fastcgi; uwsgi_temp_path {place}/uwsgi; scgi_temp_path {place}/scgi;
  {http}
  server {{ listen 127.0.0.1:{port}; {server} }}
}}
"""


def start(place: Path, told: Mapping[str, Any]) -> subprocess.Popen[bytes]:
    """Start one process with the scenario's own lines in its configuration."""
    config = place / "nginx.conf"
    port = told.get("port", 8080)
    config.write_text(
        CONFIG.format(place=place, port=port, http=told.get("http", ""), server=told["server"])
    )
    words = ["nginx", "-c", str(config), "-p", str(place), "-e", str(place / "nginx.log")]
    process = subprocess.Popen(words, cwd=place, stderr=subprocess.DEVNULL)
    wait_for(port, process)
    return process
