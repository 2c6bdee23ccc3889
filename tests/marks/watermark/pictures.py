"""A picture with edges, surfaces and grain, made by rule, and what pipelines do to it."""

import io

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

PAYLOAD = bytes(range(16))


def scene(width: int = 640, height: int = 480, seed: int = 1) -> Image.Image:
    chance = np.random.RandomState(seed)
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    draw = ImageDraw.Draw(image)
    for _ in range(60):
        x, y = chance.randint(0, width), chance.randint(0, height)
        size = int(chance.randint(10, width // 4))
        colour = tuple(int(value) for value in chance.randint(30, 225, 3))
        draw.ellipse((x, y, x + size, y + size * 2 // 3), fill=colour)
    image = image.filter(ImageFilter.GaussianBlur(1))
    grain = np.asarray(image, float) + chance.normal(0, 5, (height, width, 1))
    return Image.fromarray(np.clip(grain, 0, 255).astype(np.uint8))


def jpeg(image: Image.Image, quality: int) -> Image.Image:
    data = io.BytesIO()
    image.save(data, "JPEG", quality=quality)
    return Image.open(io.BytesIO(data.getvalue()))


def resized(image: Image.Image, factor: float) -> Image.Image:
    size = (round(image.width * factor), round(image.height * factor))
    return image.resize(size, Image.Resampling.BICUBIC)


def cropped(image: Image.Image, share: float, place: float = 0.5) -> Image.Image:
    width, height = round(image.width * (1 - share)), round(image.height * (1 - share))
    left, top = round((image.width - width) * place), round((image.height - height) * place)
    return image.crop((left, top, left + width, top + height))
