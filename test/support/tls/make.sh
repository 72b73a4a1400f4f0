#!/bin/sh
# Makes the certificates of this folder anew, with keys of their own.
set -e
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
cd "$work"
: >index
cat >conf <<'END'
[ca]
default_ca = own
[own]
database = index
new_certs_dir = .
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
copy_extensions = copy
[any]
commonName = supplied
END
key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"; }
request() { openssl req -new -key "$1.key" -out "$1.csr" -subj "/CN=$2" -addext "$3"; }
sign() { openssl ca -batch -config conf -notext -startdate "$2" -enddate "$3" -in "$1.csr" -out "$1.crt" $4; }
from=20200101000000Z
to=21260101000000Z

key issuer
request issuer 'Steelyard test issuer' 'basicConstraints=critical,CA:TRUE'
sign issuer $from $to '-selfsign -keyfile issuer.key'
server() {
  key "$1"
  request "$1" "$2" "subjectAltName=$3"
  sign "$1" $from "$4" "$5"
  cat "$1.crt" "$1.key" >"$here/$1.pem"
}
by_issuer='-cert issuer.crt -keyfile issuer.key'
server right 127.0.0.1 IP:127.0.0.1 $to "$by_issuer"
server expired 127.0.0.1 IP:127.0.0.1 20200201000000Z "$by_issuer"
server other-host other.example DNS:other.example $to "$by_issuer"
server self-signed 127.0.0.1 IP:127.0.0.1 $to '-selfsign -keyfile self-signed.key'
cat issuer.crt >"$here/issuer.pem"
rm -r "$work"
