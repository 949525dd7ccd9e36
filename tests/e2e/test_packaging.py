"""What is built and installed holds the shaders and assets, and nothing under a name that is not ours."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = {
    f"world/{folder}/{path.relative_to(ROOT / folder)}"
    for folder, kinds in (("shaders", {".glsl"}), ("assets", {".toml", ".md", ".txt"}))
    for path in (ROOT / folder).rglob("*")
    if path.suffix in kinds
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel that was built from it."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "would be ignored" not in done.stdout + done.stderr
    return out


def test_the_wheel_holds_all_and_leaks_nothing(built: Path) -> None:
    names = set(zipfile.ZipFile(next(built.glob("*.whl"))).namelist())
    assert SHIPPED
    assert names >= SHIPPED
    modules = {str(path.relative_to(ROOT)) for path in (ROOT / "world").rglob("*.py")}
    assert names >= modules
    top = {name.split("/")[0] for name in names}
    assert {name for name in top if not name.endswith(".dist-info")} == {"world"}


def test_the_source_archive_can_be_built_again(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.split("/", 1)[-1] for name in archive.getnames()}
    for needed in ("pyproject.toml", "README.md", "LICENSE", "shaders/__init__.py", "assets/recipes/drizzle.toml", "world/__init__.py"):
        assert needed in names


def test_the_installed_command_finds_its_files(built: Path, tmp_path: Path) -> None:
    """Installed beside nothing of ours; the big dependencies are lent by this Python."""
    home = tmp_path / "venv"
    venv.create(home, with_pip=False)
    python = home / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], capture_output=True, text=True, check=True
    )
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        wheel.extractall(site.stdout.strip())
    lent = "import sys; sys.path += {!r}; import world; assert 'venv' in world.__file__, world.__file__; ".format(
        [path for path in sys.path if "site-packages" in path]
    )
    code = lent + "from world.resources import *; from world.cli import main; assert asset_path('recipes/drizzle.toml').is_file(); "
    code += "assert shader_path('ui/panel.vert.glsl').is_file(); sys.exit(main(['recipe', '--seed', '3']))"
    done = subprocess.run([python, "-I", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "seed = 3" in done.stdout
