import subprocess
import sys


def test_importing_gdmath_imports_no_manim():
    code = "import sys, gdmath; sys.exit('manim' in sys.modules or 'scenes' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
