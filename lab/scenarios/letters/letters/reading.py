"""Reads scanned letters."""

import subprocess


def text(image):
    words = ["tesseract", str(image), "stdout", "-l", "deu"]
    return subprocess.run(words, capture_output=True, check=True, text=True).stdout


def language(text):
    from langdetect import detect

    return detect(text)


def subject(text):
    return next(line for line in text.splitlines() if line.strip())
