"""Traces of generation: each generator by what it writes, and no guess."""

import pytest
from tests.marks.carriers.image_tools import FIRST, URI

from hegui.marks import traces, xmp
from hegui.marks.plan import Wanted
from hegui.marks.reading import Meta

JOB = "a red square --v 6.1 Job ID: 01234567-89ab-cdef-0123-456789abcdef"
PARAMETERS = (
    "a red square\nNegative prompt: blue\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1"
)
MANIFEST = "jumb\0c2pa...claim_generator_info{} digitalSourceType.http://cv.iptc.org/newscodes/"
MANIFEST += "digitalsourcetype/trainedAlgorithmicMedia"
IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"


def one(key: str, text: str) -> tuple[str, str]:
    (found,) = traces.find([Meta(key, text)])
    assert found.zh.endswith("。")
    assert found.en.endswith(".")
    return found.code, found.generator


@pytest.mark.parametrize(
    ("key", "text", "code", "generator"),
    [
        ("png:parameters", PARAMETERS, "stable-diffusion", "Stable Diffusion web UI"),
        ("exif:UserComment", PARAMETERS, "stable-diffusion", "Stable Diffusion web UI"),
        ("png:prompt", '{"3": {"class_type": "KSampler", "inputs": {}}}', "comfyui", "ComfyUI"),
        (
            "exif:Make",
            'workflow:{"last_node_id": 9, "nodes": [], "links": []}',
            "comfyui",
            "ComfyUI",
        ),
        ("png:Software", "NovelAI", "novelai", "NovelAI"),
        ("png:Source", "NovelAI Diffusion V4 37442FCA", "novelai", "NovelAI"),
        ("png:invokeai_metadata", "{}", "invokeai", "InvokeAI"),
        ("png:sd-metadata", '{"app_id": "invoke-ai/InvokeAI"}', "invokeai", "InvokeAI"),
        ("png:parameters", '{"sui_image_params": {}}', "swarmui", "SwarmUI"),
        ("png:fooocus_scheme", "fooocus", "fooocus", "Fooocus"),
        ("png:generation_data", '{"prompt": "", "models": []}', "tensorart", "Tensor.Art"),
        ("png:Description", JOB, "midjourney", "Midjourney"),
        ("xmp", f"<dc:description>{JOB}</dc:description>", "midjourney", "Midjourney"),
        ("iptc:110", "Made with Google AI", "google-ai", "Google AI"),
        ("xmp", '<a photoshop:Credit="Made with Google AI"/>', "google-ai", "Google AI"),
        ("xmp", '<a xmp:CreatorTool="Adobe Firefly"/>', "firefly", "Adobe Firefly"),
        ("exif:Software", "Adobe Firefly", "firefly", "Adobe Firefly"),
        ("id3:COMM", "made with suno; created=2025", "suno", "Suno"),
        ("c2pa", MANIFEST, "c2pa", ""),
        ("c2pa", MANIFEST + "ChatGPT", "c2pa", "OpenAI"),
        ("c2pa", MANIFEST + "Adobe_Firefly OpenAI", "c2pa", "Adobe Firefly"),
        ("c2pa", MANIFEST + "Google C2PA Core Generator Library", "c2pa", "Google AI"),
        ("xmp", f"<i:DigitalSourceType>{IPTC}trainedAlgorithmicMedia<", "iptc-source-type", ""),
        ("xmp", "<a i:DigitalSourceType='compositeSynthetic'/>", "iptc-source-type", ""),
        (
            "xmp",
            f'<i:DigitalSourceType rdf:resource="{IPTC}compositeWithTrainedAlgorithmicMedia"/>',
            "iptc-source-type",
            "",
        ),
        ("text", "Title\n\n> 本文由 AI 生成\n", "explicit-text", ""),
        ("exif:ImageDescription", "AI生成", "explicit-text", ""),
    ],
)
def test_what_a_generator_writes_is_told(key: str, text: str, code: str, generator: str) -> None:
    assert one(key, text) == (code, generator)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("png:parameters", ""),
        ("png:Software", "GIMP"),
        ("png:Software", "Not NovelAI"),
        ("png:Comment", "Steps: 1. open the file 2. close it"),
        ("png:prompt", "a red square"),
        ("c2pa", "jumb c2pa OpenAI digitalsourcetype/digitalCapture"),
        ("xmp", f"<i:DigitalSourceType>{IPTC}digitalCapture<"),
        ("xmp", "<dc:title>trainedAlgorithmicMedia and DigitalSourceType</dc:title>"),
        ("xmp", "<dc:title>Adobe Firefly, a review</dc:title>"),
        ("xmp", "<dc:title>Made with Google AI: a book</dc:title>"),
        ("pdf:Title", "How I was made with Suno"),
        ("exif:ImageDescription", "如何用AI生成图片"),
        ("text", "DALL·E, Midjourney, Stable Diffusion: Steps: 3, Seed: none\nAdobe Firefly"),
        ("text", '{"class_type": "x", "inputs": {}}'),
        ("xmp", xmp.fresh(Wanted(FIRST)).decode()),
    ],
)
def test_what_only_speaks_of_it_is_no_trace(key: str, text: str) -> None:
    assert traces.find([Meta(key, text)]) == ()


def test_each_is_told_once_and_the_mark_with_its_words() -> None:
    packet = xmp.fresh(Wanted(FIRST, URI)).decode()
    found = traces.find(
        [Meta("xmp", packet), Meta("xmp", packet), Meta("png:parameters", PARAMETERS)]
    )
    assert [trace.code for trace in found] == ["iptc-source-type", "stable-diffusion"]
    (mark,) = traces.find([Meta("text", "AI生成")])
    assert mark.where == "text: AI生成"


def test_more_metadata_than_any_file_has_is_not_looked_at() -> None:
    many = [Meta("png:a", "x" * 65_536)] * 200
    assert traces.find([*many, Meta("png:Software", "NovelAI")]) == ()
