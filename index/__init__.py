"""Pages to releases, and releases to an archive that can be searched. Never imports rag."""
