"""The rule workbench: try rules on a page, or a folder of pages, and see what they change.

It needs the extra ``serve`` (Werkzeug and Jinja2): ``pip install "cleanpage[serve]"``.
"""

from cleanpage.serve.server import serve

__all__ = ["serve"]
