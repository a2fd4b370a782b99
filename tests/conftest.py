import gc
import os
import signal

import pytest
from examples import MadeExamples, make_examples
from hypothesis import HealthCheck, settings

pytest.register_assert_rewrite("judges")

# How long an example takes says something of the machine, not of the code: no test may fail by it.
settings.register_profile("kvisdocs", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kvisdocs")

# Warnings are errors (pyproject.toml), but for these, which are WeasyPrint's own and harm nothing.
TOLERATED = (
    "ignore:unclosed file .*sRGB2014.icc:ResourceWarning",  # WeasyPrint 70, at every PDF/A
    "ignore:HarfBuzz-Subset will be required:DeprecationWarning",  # without libharfbuzz-subset0 PDF is only slower
)


HANDLERS = {signal.SIGINT: signal.default_int_handler} | (
    {signal.SIGHUP: signal.SIG_DFL} if hasattr(signal, "SIGHUP") else {}
)
"""What the tests send, and what they and the programs they start must hear."""


def pytest_configure(config: pytest.Config) -> None:
    for number, handler in HANDLERS.items():  # what nohup, or a shell's & in a script, has ignored
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, handler)
    for line in TOLERATED:
        config.addinivalue_line("filterwarnings", line)


@pytest.fixture(scope="session")
def examples_made(tmp_path_factory: pytest.TempPathFactory) -> MadeExamples:
    """Every document of every example case, as PDF and DOCX: made once for all of xdist's workers."""
    base = tmp_path_factory.getbasetemp()
    return make_examples(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


def pytest_collection_finish() -> None:
    """What is loaded stays to the end: looking whether it is garbage took a fifth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def pytest_report_header() -> str:
    required = os.environ.get("KVISDOCS_REQUIRE_JUDGES") == "1"
    return "judges: " + ("all required" if required else "tests are skipped where one is not installed")
