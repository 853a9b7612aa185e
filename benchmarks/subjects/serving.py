"""How the subjects in Python are served: uvicorn with uvloop and httptools, no logs."""

import os

import uvicorn
from starlette.types import ASGIApp


def serve(app: ASGIApp) -> None:
    """Serve until a signal ends it, on the port that the environment names."""
    port = int(os.environ["BENCHMARK_PORT"])
    uvicorn.run(
        app, host="127.0.0.1", port=port, loop="uvloop", http="httptools", log_config=None, access_log=False
    )
