# A Prometheus image from Debian's package alone, called as the official prom/prometheus is. usr/ is the package, unpacked.
ARG BASE
FROM ${BASE}
COPY usr/bin/prometheus usr/bin/promtool /bin/
WORKDIR /prometheus
EXPOSE 9090
ENTRYPOINT ["/bin/prometheus"]
CMD ["--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus"]
