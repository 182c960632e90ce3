"""Twenty-four ways in which a text may try to make the press open an address, and what WeasyPrint itself does of them.

`{web}` is an address on a server, `{file}` that of a file, `{path}` its path. `bites` tells that WeasyPrint left to
itself opens the address: the control, without which it would prove nothing that ours does not.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Lure:
    """One way, as the inside of a document."""

    name: str
    html: str
    bites: bool = True


LURES = (
    Lure(name="picture on the web", html='<img src="{web}" alt="x">'),
    Lure(name="picture in a file", html='<img src="{file}" alt="x">'),
    Lure(
        name="picture with the scheme left out", html='<img src="{web_without_scheme}" alt="x">', bites=False
    ),
    Lure(
        name="picture by a way up the tree", html='<img src="../../../../../..{path}" alt="x">', bites=False
    ),
    Lure(name="object", html='<object data="{web}" type="image/png"></object>'),
    Lure(name="embed", html='<embed src="{web}" type="image/png">'),
    Lure(name="stylesheet on the web", html='<link rel="stylesheet" href="{web}">'),
    Lure(name="stylesheet in a file", html='<link rel="stylesheet" href="{file}">'),
    Lure(name="import into a style", html='<style>@import url("{web}");</style>'),
    Lure(name="import of a file into a style", html='<style>@import "{file}";</style>'),
    Lure(name="background", html='<div style="background-image: url({web})">x</div>'),
    Lure(name="mark of a list", html='<ul style="list-style-image: url({web})"><li>x</ul>'),
    Lure(name="content", html='<style>p::before {{ content: url("{web}") }}</style><p>x</p>'),
    Lure(name="frame of a box", html='<p style="border: 9px solid; border-image-source: url({web})">x</p>'),
    Lure(name="header of the page", html='<style>@page {{ @top-left {{ content: url("{web}") }} }}</style>x'),
    Lure(name="font on the web", html='<style>@font-face {{ font-family: F; src: url("{web}") }}</style>x'),
    Lure(name="font in a file", html='<style>@font-face {{ font-family: F; src: url("{file}") }}</style>x'),
    Lure(
        name="picture in a drawing",
        html='<svg width="9" height="9"><image href="{web}" width="9" height="9"/></svg>',
    ),
    Lure(
        name="font of the machine",
        html='<style>@font-face {{ font-family: F; src: local("DejaVu Sans") }}</style><p style="font-family: F">x</p>',
    ),
    Lure(
        name="picture in a drawing that the text carries",
        html=(
            "<img alt=x src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>"
            "<image href='{web}' width='9' height='9'/></svg>\">"
        ),
    ),
    Lure(name="attachment to the document", html='<link rel="attachment" href="{file}">'),
    Lure(name="attachment to a link", html='<a rel="attachment" href="{file}">x</a>'),
    Lure(name="address that leads on to a file", html='<link rel="attachment" href="{web_to_file}">'),
    Lure(name="colour profile", html='<style>@color-profile --p {{ src: url("{web}") }}</style>x'),
)
