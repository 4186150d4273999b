"""A real slapd of Debian, over TLS on a free port, for the tests of this folder."""
import atexit
import os
import socket
import subprocess

READER, WORD = "cn=doc,dc=somau,dc=test", "doc-thu-muc"
BASE = "dc=somau,dc=test"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def made(work, name):
    """A key and a certificate of its own: paths of both, and the PEM."""
    key, pem = os.path.join(work, name + ".key"), os.path.join(work, name + ".pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key, "-out", pem, "-days",
                    "30", "-subj", "/CN=" + name, "-addext",
                    "subjectAltName=IP:127.0.0.1,DNS:localhost"], check=True, capture_output=True)
    return key, pem, open(pem).read()


def serve(work, people):
    """People are (login, unit, password); the port it listens on, and the PEM of its authority."""
    key, pem, authority = made(work, "directory")
    port = free_port()
    os.mkdir(os.path.join(work, "ldap"))
    conf = os.path.join(work, "slapd.conf")
    with open(conf, "w") as f:
        for schema in ("core", "cosine", "inetorgperson"):
            f.write(f"include /etc/ldap/schema/{schema}.schema\n")
        f.write(f"""modulepath /usr/lib/ldap
moduleload back_mdb
TLSCACertificateFile {pem}
TLSCertificateFile {pem}
TLSCertificateKeyFile {key}
pidfile {work}/slapd.pid
database mdb
maxsize 16777216
suffix {BASE}
rootdn {READER}
rootpw {WORD}
directory {work}/ldap
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="{READER}" read by users read by * none
""")
    ldif = os.path.join(work, "people.ldif")
    with open(ldif, "w") as f:
        f.write(f"dn: {BASE}\nobjectClass: dcObject\nobjectClass: organization\no: So Mau\n"
                "dc: somau\n\n")
        for unit in sorted({p[1] for p in people}):
            f.write(f"dn: ou={unit},{BASE}\nobjectClass: organizationalUnit\nou: {unit}\n\n")
        for login, unit, word in people:
            f.write(f"dn: uid={login},ou={unit},{BASE}\nobjectClass: inetOrgPerson\n"
                    f"cn: x\nsn: x\nuid: {login}\nuserPassword: {word}\n\n")
    subprocess.run(["/usr/sbin/slapd", "-T", "add", "-q", "-f", conf, "-l", ldif], check=True)
    slapd = subprocess.Popen(["/usr/sbin/slapd", "-d", "0", "-f", conf, "-h",
                              f"ldaps://127.0.0.1:{port}/"], stderr=subprocess.DEVNULL)

    def end():
        slapd.kill()
        slapd.wait()
    atexit.register(end)
    return port, authority
