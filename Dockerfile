# Renders the lecture where there is nothing but a container:
#
#     docker build -t lecture .
#     docker run --rm -v "$PWD/dist:/lecture/dist" lecture
#
# What follows the image's name goes to `lecture`: docker run … lecture render newton -q l
FROM python:3.13-slim

WORKDIR /lecture

# First what setting up reads, so that a change to a scene does not set up anew.
COPY LICENSE README.md pyproject.toml requirements.lock ./
COPY script ./script
RUN script/setup

COPY . .
ENTRYPOINT ["script/lecture"]
CMD ["render"]
