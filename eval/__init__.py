"""The offline harness: collections, measures, baselines and reports. Never imported by rag."""
