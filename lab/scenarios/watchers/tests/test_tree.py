import pytest

from watchers.tree import Tree


@pytest.fixture
def folders(tmp_path):
    made = [tmp_path / f"shelf{number}" for number in range(20)]
    for folder in made:
        folder.mkdir()
    return made


@pytest.mark.parametrize("files", range(18))
def test_new_files_are_seen(folders, files):
    tree = Tree(folders)
    try:
        for folder in folders[:files]:
            (folder / "book.epub").write_text("")
        assert tree.created() == files
    finally:
        tree.close()


def test_folders_are_empty_at_first(folders):
    assert [file for folder in folders for file in folder.iterdir()] == []
