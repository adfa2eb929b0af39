"""What needs pyspark, Java and a cluster: run by `make test-spark`."""
