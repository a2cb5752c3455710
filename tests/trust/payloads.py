"""Texts that try to become code, an address of another kind, or a header, wherever they are shown."""

from __future__ import annotations

PAYLOADS = (
    "<script>alert(1)</script>", "\"><script>alert(1)</script>", "'><img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)",
    "\x01javascript:alert(1)", "javascript&colon;alert(1)", "javascript://%0aalert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:msgbox(1)",
    "http://a.example/\" onmouseover=\"alert(1)", "https://a.example/'onclick='alert(1)", "//evil.example", "http:javascript:alert(1)",
    "https://me:word@evil.example/", "http://[::1", "https://a.example/\r\nSet-Cookie: x=1", "tel:+1;phone-context=javascript:alert(1)",
    "+1 555 0100?body=hi&x=\"><script>", "sms:1&body=x", "a@b.example?cc=evil@evil.example&body=x", "a@b.example%0d%0aBcc:e@evil.example",
    "\"<script>alert(1)</script>\"@b.example", "a@b.example\" onclick=\"alert(1)", "a@b.example,evil@evil.example", "{{7*7}}{{settings}}",
    "{% include 'base.html' %}", "${7*7}", "</title><script>alert(1)</script>", "</textarea><script>alert(1)</script>", "<!--<script>-->",
    "]]><script>alert(1)</script>", "<a href=javascript:alert(1)>x</a>", "<iframe srcdoc='<script>alert(1)</script>'>", "<div hx-get=/leave hx-trigger=load>",
    "<form action=//evil.example><button>", "\u202e<script>alert(1)</script>", "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e", "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>", "&lt;script&gt;alert(1)&lt;/script&gt;",
)
