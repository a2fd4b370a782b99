"""Who is let in, and what no request may reach. Each attack has its test."""

import pytest
from desk_browser import ADDRESS, PORT

from kvisdocs.desk.folder import Folder, NoSuchFileError
from kvisdocs.desk.security import MAX_BODY_BYTES


def fresh(desk, **headers):
    """A browser that nobody let in."""
    desk.cookies, kept = {}, desk.cookies
    try:
        return desk.get("/", headers=headers)
    finally:
        desk.cookies = kept


def test_the_first_address_gives_a_cookie_and_is_gone_from_the_address_bar(desk):
    answer = desk.get(desk.secrets.address, follow_redirects=False)
    cookie = answer.headers["set-cookie"]
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert desk.secrets.token not in cookie


def test_what_a_browser_is_started_with_opens_it_one_time(desk):
    answers = [desk.get(desk.secrets.address_for_browser, follow_redirects=False).status_code for _ in range(2)]
    assert answers == [303, 403]
    assert desk.get(desk.secrets.address, follow_redirects=False).status_code == 303


def test_without_the_token_nobody_gets_in(desk):
    assert fresh(desk).status_code == 403
    assert fresh(desk, cookie=f"kvisdocs-desk-{PORT}=x").status_code == 403
    assert fresh(desk, cookie=f"kvisdocs-desk-{PORT}={desk.secrets.token}").status_code == 403
    assert desk.get("/?token=x").status_code == 403
    assert desk.get("/?token=%C3%A6").status_code == 403
    assert desk.get(f"/sag?token={desk.secrets.token}").status_code == 403


@pytest.mark.parametrize("host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:80", "", "[::1]"])
def test_another_host_is_refused(desk, host):
    assert desk.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("origin", ["null", "http://evil.example", "https://127.0.0.1:8642", f"{ADDRESS}.evil.example"])
def test_another_origin_is_refused(desk, origin):
    assert desk.get("/", headers={"origin": origin}).status_code == 403


def test_its_own_names_are_let_in(desk):
    assert desk.get("/", headers={"origin": ADDRESS}).status_code == 200


def test_every_answer_has_the_headers(desk):
    for answer in (desk.get("/"), desk.get("/nowhere"), desk.get("/static/desk.css"), fresh(desk)):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "same-origin"


NAMES = [
    "",
    ".",
    "..",
    "../udenfor.yaml",
    "citizens/../../udenfor.yaml",
    "%2e%2e/udenfor.yaml",
    "..\\udenfor.yaml",
    "citizens\\..\\..\\udenfor.yaml",
    "/etc/passwd",
    "/etc/passwd.yaml",
    "C:/windows/x.yaml",
    "i stykker.yaml\0",
    "i stykker.yaml\0.yaml",
    "genvej.yaml",
    "mappe/udenfor.yaml",
    "mappe/sager/i stykker.yaml/../../udenfor.yaml",
    "citizens",
    "citizens//x.yaml",
    ".skjult/x.yaml",
    "x" * 5000 + ".yaml",
    "findes-ikke.yaml",
    "\udcff.yaml",
]


@pytest.mark.parametrize("name", NAMES, ids=lambda name: repr(name[:40]))
def test_no_name_leads_out_of_the_folder(folder, name):
    with pytest.raises(NoSuchFileError):
        Folder(folder).find(name)


def test_a_case_in_the_folder_is_found(folder):
    assert Folder(folder).find("i stykker.yaml") == folder / "i stykker.yaml"


def test_a_link_out_of_the_folder_is_not_listed(desk):
    page = desk.get("/").text
    assert "genvej" not in page
    assert "hemmelig" not in page


def test_too_large_a_body_is_refused_by_its_length(desk):
    assert desk.post("/", content=b"x" * (MAX_BODY_BYTES + 1)).status_code == 413


def test_the_pages_have_no_script_and_no_style_of_their_own(desk):
    page = desk.get("/?q=<script>alert(1)</script>").text
    assert "<script" not in page
    assert "style=" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;b&gt;&amp;navn.yaml" in desk.get("/").text
