#!/usr/bin/python3
"""Black-box acceptance: drive a Neutron-compatible endpoint with the unmodified `openstack` CLI + openstacksdk.

usage: cli_accept.py --url http://127.0.0.1:9696 [--only GROUP,...] [--keystone http://..:35357/v3] [--record http://proxy]
                     [--json out.json] [--rc-only] [--no-clean]

Default auth is keystone-less:  --os-auth-type none --os-endpoint URL.   With --keystone the same commands run with
password auth against that (fake) Keystone, whose catalog must point to the endpoint under test.
Prints one PASS/FAIL line per command and a summary; exit 0 iff no FAIL.  Steps tagged [opt] are reported but do not
count as failures (features outside the core subset: quotas, address groups, trunks, PD ...).
"""
import argparse, ipaddress, json, os, random, re, shlex, subprocess, sys, tempfile, time, urllib.request, urllib.parse

ap = argparse.ArgumentParser()
ap.add_argument('--url', required=True)
ap.add_argument('--only')
ap.add_argument('--keystone')
ap.add_argument('--record', help='recording proxy base URL (== --url) : send marks')
ap.add_argument('--json')
ap.add_argument('--rc-only', action='store_true', help='only look at exit codes, not at the content of answers')
ap.add_argument('--no-clean', action='store_true')
ap.add_argument('--extname', default='acc-ext')
A = ap.parse_args()
URL = A.url.rstrip('/')
OS = os.environ.get('OPENSTACK_CLI', '/usr/bin/openstack')
ENV = {k: v for k, v in os.environ.items() if not k.startswith('OS_')}
ENV['PYTHONWARNINGS'] = 'ignore'
if A.keystone:
    AUTH = ['--os-auth-url', A.keystone, '--os-username', 'admin', '--os-password', 'x', '--os-project-name', 'admin',
            '--os-user-domain-id', 'default', '--os-project-domain-id', 'default', '--os-identity-api-version', '3']
else:
    AUTH = ['--os-auth-type', 'none', '--os-endpoint', URL]
R = '%04x' % random.randrange(0x1000, 65536)          # name prefix and address salt of this run
V = {'r': 'acc' + R, 'p': 'fd%02x:%s' % (random.randrange(256), R)}   # /32 to draw subnets from
RES = []
SK = set(A.only.split(',')) if A.only else None


class Bad(Exception):
    pass


def need(c, msg):
    if not c:
        raise Bad(msg)


def eui64(prefix, mac):
    b = bytes.fromhex(mac.replace(':', ''))
    iid = bytes([b[0] ^ 2]) + b[1:3] + b'\xff\xfe' + b[3:]
    return str(ipaddress.ip_network(prefix)[int.from_bytes(iid, 'big')])


def run(argv, env=ENV):
    t = time.time()
    p = subprocess.run(argv, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120)
    return p.returncode, p.stdout, p.stderr, time.time() - t


def mark(m):
    if A.record:
        try:
            urllib.request.urlopen(A.record + '/__mark/' + urllib.parse.quote(m, safe=''), timeout=5).read()
        except Exception as e:
            print('mark', e)


def step(group, cmd, check=None, fail=None, fmt='json', opt=False, save=None, raw=None):
    """cmd: openstack arguments. check(j): on parsed JSON. fail: regex stderr must match with rc != 0."""
    if SK and group not in SK and group != 'base':
        return
    try:
        cmd = cmd.format(**V)
    except KeyError as e:
        rec(group, cmd, 'FAIL', 'depends on a failed step: %s' % e, opt, 0)
        return
    argv = [OS] + AUTH + shlex.split(cmd)
    if fmt and not fail:
        argv += ['-f', fmt]
    mark(group + ': ' + cmd)
    try:
        rc, out, err, dt = run(argv)
    except subprocess.TimeoutExpired:
        rec(group, cmd, 'FAIL', 'timeout', opt, 120)
        return
    try:
        if fail:
            need(rc != 0, 'expected to fail, rc=0')
            need(re.search(fail, err + out), 'stderr does not match %r: %s' % (fail, (err or out).strip()[-200:]))
        else:
            need(rc == 0, 'rc=%d %s' % (rc, (err or out).strip().splitlines()[-1][:250] if (err or out).strip() else ''))
            j = json.loads(out) if fmt == 'json' and out.strip() else out
            if save:
                V[save] = j['id']
                V[save + '_'] = j
            if check and not A.rc_only:
                r = check(j)
                need(r is None or r is True, 'check failed: %s' % json.dumps(j)[:300])
        rec(group, cmd, 'PASS', '', opt, dt)
    except Bad as e:
        rec(group, cmd, 'FAIL', str(e), opt, dt)
    except Exception as e:
        rec(group, cmd, 'FAIL', '%s: %s %s' % (type(e).__name__, e, err.strip()[-200:]), opt, dt)


def pystep(group, name, code, opt=False, auth=None):
    if SK and group not in SK:
        return
    mark(group + ': ' + name)
    env = dict(ENV, ACC_URL=URL, ACC_V=json.dumps({k: v for k, v in V.items()}))
    conn = ("openstack.connect(auth_type='none', endpoint=URL)" if not A.keystone else
            "openstack.connect(auth_url=%r, username='admin', password='x', project_name='admin', user_domain_id='default',"
            " project_domain_id='default', region_name='RegionOne')" % A.keystone)
    pre = 'import os,json,openstack\nURL=os.environ["ACC_URL"];V=json.loads(os.environ["ACC_V"])\nc=%s\nn=c.network\n' % conn
    rc, out, err, dt = run(['/usr/bin/python3', '-c', pre + code], env)
    rec(group, 'sdk: ' + name, 'PASS' if rc == 0 else 'FAIL', '' if rc == 0 else err.strip().splitlines()[-1][:300], opt, dt)


def rec(group, cmd, st, why, opt, dt):
    RES.append({'group': group, 'cmd': cmd, 'status': st, 'why': why, 'opt': opt, 't': round(dt, 2)})
    print('%s %s%-8s %5.2fs  openstack %s%s' % (st, '[opt] ' if opt else '', group, dt, cmd, '   <-- ' + why if why else ''), flush=True)


def has(*names):
    return lambda j: need({x.get('Name', x.get('name')) for x in j} >= set(n.format(**V) for n in names), 'missing %s in %s' % (names, str(j)[:200]))


def hasnot(*names):
    return lambda j: need(not ({x.get('Name') for x in j} & set(n.format(**V) for n in names)), 'unexpected %s' % (names,))


def eq(**kw):
    def f(j):
        for k, v in kw.items():
            k = k.replace('__', ':')
            v = v.format(**V) if isinstance(v, str) else v
            need(j.get(k) == v, '%s=%r, expected %r' % (k, j.get(k), v))
    return f


def every(*fs):
    def f(j):
        for x in fs:
            r = x(j)
            need(r is None or r is True, 'check')
    return f


def tags_are(*t):
    return lambda j: need(sorted(j['tags']) == sorted(t), 'tags=%r' % (j['tags'],))


t0 = time.time()
# ---- discovery -------------------------------------------------------------------------------------------------
g = 'disc'
step(g, 'extension list --network', lambda j: need({'security-group', 'router'} <= {x['Alias'] for x in j}, 'aliases'))
step(g, 'extension show security-group', lambda j: need(j.get('alias') == 'security-group', 'alias'))
step(g, 'extension show no-such-ext-{r}', fail='.')
step(g, 'versions show --service network', opt=True)
# ---- networks ---------------------------------------------------------------------------------------------------
g = 'net'
step(g, 'network create {r}-n1', every(eq(name='{r}-n1', admin_state_up=True, shared=False, status='ACTIVE', tags=[], subnets=[]),
     lambda j: need(re.match(r'^[0-9a-f-]{36}$', j['id']), 'id')), save='n1')
step(g, 'network create {r}-n2 --description hello --disable --tag a --tag b', every(eq(admin_state_up=False, description='hello'), tags_are('a', 'b')), save='n2')
step(g, 'network create {r}-n3 --mtu 1400 --disable-port-security --dns-domain example.org.', eq(mtu=1400, port_security_enabled=False), save='n3')
step(g, 'network list', has('{r}-n1', '{r}-n2', '{r}-n3'))
step(g, 'network list --long', lambda j: need('State' in j[0] and 'Router Type' in j[0], 'long columns'))
step(g, 'network list --name {r}-n2', every(has('{r}-n2'), hasnot('{r}-n1')))
step(g, 'network list --disable', every(has('{r}-n2'), hasnot('{r}-n1')))
step(g, 'network list --tags a', every(has('{r}-n2'), hasnot('{r}-n1')))
step(g, 'network list --not-tags a', every(has('{r}-n1'), hasnot('{r}-n2')))
step(g, 'network list --any-tags b,zz', every(has('{r}-n2'), hasnot('{r}-n1')))
step(g, 'network list --external', hasnot('{r}-n1'))
step(g, 'network show {r}-n1', eq(name='{r}-n1'))
step(g, 'network show {n1}', eq(name='{r}-n1'))
step(g, 'network show nope-{r}', fail='No Network found for|No network found|could not be found')
step(g, 'network set {r}-n2 --name {r}-n2b --enable --description bye --share', fmt=None)
step(g, 'network show {r}-n2b', eq(admin_state_up=True, description='bye', shared=True))
step(g, 'network set {r}-n2b --tag c', fmt=None)
step(g, 'network show {r}-n2b', tags_are('a', 'b', 'c'))
step(g, 'network unset {r}-n2b --tag a', fmt=None)
step(g, 'network set {r}-n2b --no-tag --no-share', fmt=None)
step(g, 'network show {r}-n2b', every(tags_are(), eq(shared=False)))
step(g, 'network delete {r}-n2b', fmt=None)
step(g, 'network show {n2}', fail='No Network found|No network found|could not be found')
step(g, 'network create ' + 'x' * 256, fail='BadRequest|400|Invalid|exceeds')
step(g, 'network create {r}-n4', save='n4')
# ---- subnets ------------------------------------------------------------------------------------------------------
g = 'sub'
step(g, 'subnet create --network {r}-n1 --ip-version 6 --subnet-range {p}:1::/64 --ipv6-ra-mode slaac --ipv6-address-mode slaac --dns-nameserver 2001:4860:4860::8888 --dns-nameserver 2001:4860:4860::8844 {r}-s1',
     every(eq(ip_version=6, cidr='{p}:1::/64', ipv6_ra_mode='slaac', ipv6_address_mode='slaac', enable_dhcp=True, network_id='{n1}'),
           lambda j: need(j['gateway_ip'] in (V['p'] + ':1::', V['p'] + ':1::1'), 'gateway ' + str(j['gateway_ip'])),
           lambda j: need(j['dns_nameservers'] == ['2001:4860:4860::8888', '2001:4860:4860::8844'], 'dns'),
           lambda j: need(j['allocation_pools'] and j['allocation_pools'][0]['end'].endswith(':ffff:ffff:ffff:ffff'), 'pools')), save='s1')
step(g, 'subnet create --network {r}-n1 --ip-version 6 --subnet-range {p}:2::/64 --ipv6-ra-mode dhcpv6-stateful --ipv6-address-mode dhcpv6-stateful --gateway {p}:2::fe --allocation-pool start={p}:2::100,end={p}:2::1ff --allocation-pool start={p}:2::1000,end={p}:2::10ff {r}-s2',
     every(eq(ipv6_ra_mode='dhcpv6-stateful', ipv6_address_mode='dhcpv6-stateful', gateway_ip='{p}:2::fe'), lambda j: need(len(j['allocation_pools']) == 2, 'pools')), save='s2')
step(g, 'subnet create --network {r}-n4 --ip-version 6 --subnet-range {p}:3::/64 --ipv6-ra-mode dhcpv6-stateless --ipv6-address-mode dhcpv6-stateless --gateway none {r}-s3',
     every(eq(ipv6_ra_mode='dhcpv6-stateless', gateway_ip=None)), save='s3')
step(g, 'subnet create --network {r}-n4 --ip-version 6 --subnet-range {p}:4::/64 --no-dhcp --allocation-pool start={p}:4::100,end={p}:4::ffff --host-route destination=2001:db8:9::/48,gateway={p}:4::9 --description d --tag t1 {r}-s4',
     every(eq(enable_dhcp=False, ipv6_ra_mode=None, ipv6_address_mode=None, description='d', tags=['t1']), lambda j: need(j['host_routes'] == [{'destination': '2001:db8:9::/48', 'nexthop': V['p'] + ':4::9'}], 'routes')), save='s4')
step(g, 'subnet create --network {r}-n3 --subnet-range 10.77.0.0/24 {r}-v4', eq(ip_version=4, gateway_ip='10.77.0.1'), save='v4')
step(g, 'subnet list', has('{r}-s1', '{r}-s2', '{r}-s3', '{r}-s4'))
step(g, 'subnet list --long', lambda j: need('Allocation Pools' in j[0] and 'IP Version' in j[0], 'long'))
step(g, 'subnet list --network {r}-n1 --ip-version 6', every(has('{r}-s1', '{r}-s2'), hasnot('{r}-s3')))
step(g, 'subnet list --subnet-range {p}:4::/64', every(has('{r}-s4'), hasnot('{r}-s3')))
step(g, 'subnet list --gateway {p}:2::fe', every(has('{r}-s2'), hasnot('{r}-s1')))
step(g, 'subnet list --no-dhcp', every(has('{r}-s4'), hasnot('{r}-s1')))
step(g, 'subnet show {r}-s2', eq(gateway_ip='{p}:2::fe'))
step(g, 'subnet set {r}-s4 --name {r}-s4b --gateway {p}:4::2 --dns-nameserver 2620:fe::fe', fmt=None)
step(g, 'subnet show {r}-s4b', every(eq(gateway_ip='{p}:4::2', dns_nameservers=['2620:fe::fe'])))
step(g, 'subnet set {r}-s4b --host-route destination=2001:db8:a::/48,gateway={p}:4::a', fmt=None)
step(g, 'subnet show {r}-s4b', lambda j: need(len(j['host_routes']) == 2, 'merge routes'))
step(g, 'subnet unset {r}-s4b --dns-nameserver 2620:fe::fe --host-route destination=2001:db8:a::/48,gateway={p}:4::a', fmt=None)
step(g, 'subnet show {r}-s4b', lambda j: need(len(j['host_routes']) == 1 and j['dns_nameservers'] == [], 'unset'))
step(g, 'network show {r}-n1', lambda j: need(sorted(j['subnets']) == sorted([V['s1'], V['s2']]), 'subnets'))
step(g, 'subnet create --network {r}-n1 --ip-version 6 --subnet-range {p}:1::/64 {r}-dup', fail='overlap|Overlap|400|BadRequest|Invalid input')
step(g, 'subnet create --network {r}-n1 --ip-version 6 --subnet-range {p}:f::/64 --ipv6-ra-mode slaac --ipv6-address-mode dhcpv6-stateful {r}-bad', fail='BadRequest|400|ipv6_ra_mode')
step(g, 'subnet create --network {r}-n1 --ip-version 6 --subnet-range {p}:f::/80 --ipv6-ra-mode slaac --ipv6-address-mode slaac {r}-bad', fail='BadRequest|400|64')
step(g, 'subnet create --network {r}-n1 --ip-version 6 --subnet-range 10.9.0.0/24 {r}-bad', fail='BadRequest|400|ip_version')
step(g, 'subnet delete {r}-s4b', fmt=None)
step(g, 'subnet show {s4}', fail='No Subnet found|No subnet found|could not be found')
# ---- security groups ----------------------------------------------------------------------------------------------
g = 'sg'
step(g, 'security group create {r}-sg1 --description web', every(eq(name='{r}-sg1', description='web'),
     lambda j: need(len([x for x in j['rules'] if x['direction'] == 'egress']) == 2, 'default egress rules: ' + str(j['rules'])[:100])), save='sg1')
step(g, 'security group create {r}-sg2', save='sg2')
step(g, 'security group list', has('{r}-sg1', '{r}-sg2', 'default'))
step(g, 'security group show {r}-sg1', eq(name='{r}-sg1'))
step(g, 'security group set {r}-sg2 --name {r}-sg2b --description x', fmt=None)
step(g, 'security group show {r}-sg2b', eq(description='x'))
step(g, 'security group rule create {r}-sg1 --ethertype IPv6 --protocol ipv6-icmp --icmp-type 128 --icmp-code 0 --ingress',
     every(eq(ether_type='IPv6', direction='ingress', port_range_min=128, port_range_max=0), lambda j: need(j['protocol'] in ('ipv6-icmp', 'icmpv6'), j['protocol'])), save='rl1')
step(g, 'security group rule create {r}-sg1 --ethertype IPv6 --protocol tcp --dst-port 80:443 --remote-ip {p}::/48',
     eq(port_range_min=80, port_range_max=443, remote_ip_prefix='{p}::/48', protocol='tcp', ether_type='IPv6'), save='rl2')
step(g, 'security group rule create {r}-sg1 --ethertype IPv6 --protocol udp --dst-port 53 --remote-group {r}-sg2b', eq(remote_group_id='{sg2}'), save='rl3')
step(g, 'security group rule create {r}-sg1 --ethertype IPv6 --protocol any --egress --remote-ip {p}::/32', eq(protocol=None, direction='egress', remote_ip_prefix='{p}::/32'))
step(g, 'security group rule create {r}-sg1 --ethertype IPv6 --protocol 132', eq(protocol='132'))
step(g, 'security group rule create {r}-sg1 --protocol tcp --dst-port 22', eq(ether_type='IPv4'), opt=True)
step(g, 'security group rule create {r}-sg1 --ethertype IPv6 --protocol tcp --dst-port 80:443 --remote-ip {p}::/48', fail='Conflict|409|already exists')
step(g, 'security group rule create {r}-sg1 --ethertype IPv6 --protocol tcp --dst-port 443:80', fail='BadRequest|400|Invalid|less')
step(g, 'security group rule create {r}-sg1 --ethertype IPv6 --protocol tcp --dst-port 1 --remote-ip 10.0.0.0/8', fail='BadRequest|400|[Cc]onflict|match')
step(g, 'security group rule list {r}-sg1', lambda j: need(len(j) >= 7 and V['rl1'] in {x['ID'] for x in j}, 'rules %d' % len(j)))
step(g, 'security group rule list {r}-sg1 --ingress --protocol tcp --long', lambda j: need({x['IP Protocol'] for x in j} == {'tcp'}, 'filter %r' % j))
step(g, 'security group rule list', lambda j: need(len(j) >= 9, 'all'))
step(g, 'security group rule show {rl3}', eq(id='{rl3}'))
step(g, 'security group rule delete {rl3}', fmt=None)
step(g, 'security group rule show {rl3}', fail='No SecurityGroupRule found|could not be found|does not exist')
step(g, 'security group show {r}-sg1', lambda j: need(V['rl3'] not in {x['id'] for x in j['rules']} and V['rl2'] in {x['id'] for x in j['rules']}, 'rules in sg'))
step(g, 'security group set {r}-sg1 --tag q', fmt=None)
step(g, 'security group list --tags q', every(has('{r}-sg1'), hasnot('{r}-sg2b')))
# ---- ports --------------------------------------------------------------------------------------------------------
g = 'port'
step(g, 'port create --network {r}-n1 {r}-p1', every(eq(network_id='{n1}', port_security_enabled=True, status='DOWN', device_id='', device_owner=''),
     lambda j: need(re.match(r'^([0-9a-f]{2}:){5}[0-9a-f]{2}$', j['mac_address']), 'mac'),
     lambda j: need({V['s1'], V['s2']} >= {f['subnet_id'] for f in j['fixed_ips']} >= {V['s1']}, 'fixed_ips'),
     lambda j: need(eui64(V['p'] + ':1::/64', j['mac_address']) in {f['ip_address'] for f in j['fixed_ips']}, 'EUI-64 address expected, got %s' % j['fixed_ips']),
     lambda j: need(len(j['security_group_ids']) == 1, 'default sg')), save='p1')
step(g, 'port create --network {r}-n1 --fixed-ip subnet={r}-s2,ip-address={p}:2::abc --mac-address 02:00:00:11:22:33 --security-group {r}-sg1 --security-group {r}-sg2b --device vm1 --device-owner compute:acc --host hostA --description dd --tag z {r}-p2',
     every(eq(mac_address='02:00:00:11:22:33', device_id='vm1', device_owner='compute:acc', description='dd', tags=['z']),
           lambda j: need(V['p'] + ':2::abc' in {f['ip_address'] for f in j['fixed_ips']}, 'fixed'),
           lambda j: need(sorted(j['security_group_ids']) == sorted([V['sg1'], V['sg2']]), 'sgs')), save='p2')
step(g, 'port create --network {r}-n1 --fixed-ip subnet={r}-s2 --no-security-group --disable-port-security {r}-p3',
     every(eq(port_security_enabled=False, security_group_ids=[]), lambda j: need(any(f['subnet_id'] == V['s2'] and f['ip_address'].startswith(V['p'] + ':2::1') for f in j['fixed_ips']), 'pool: %s' % j['fixed_ips'])), save='p3')
# Neutron adds the SLAAC address even when fixed_ips=[] is asked on a network with a slaac subnet
step(g, 'port create --network {r}-n1 --no-fixed-ip {r}-p4', lambda j: need({f['subnet_id'] for f in j['fixed_ips']} <= {V['s1']}, 'fixed_ips %s' % j['fixed_ips']), save='p4')
step(g, 'port create --network {r}-n1 --fixed-ip subnet={r}-s1 --allowed-address ip-address={p}:9::/64 --allowed-address ip-address=2001:db8::5,mac-address=02:00:00:00:00:09 {r}-p5',
     lambda j: need({a['ip_address'] for a in j['allowed_address_pairs']} == {V['p'] + ':9::/64', '2001:db8::5'}, 'aap'), save='p5')
step(g, 'port create --network {r}-n4 --disable {r}-p6', every(eq(admin_state_up=False), lambda j: need(j['fixed_ips'][0]['ip_address'] == eui64(V['p'] + ':3::/64', j['mac_address']), 'stateless eui64')), save='p6')
step(g, 'port create --network {r}-n1 --fixed-ip subnet={r}-s2,ip-address={p}:2::abc {r}-bad', fail='Conflict|409|already|in use')
step(g, 'port create --network {r}-n1 --fixed-ip subnet={r}-s2,ip-address={p}:8::1 {r}-bad', fail='BadRequest|400|not a valid IP|subnet')
step(g, 'port create --network {r}-n1 --fixed-ip subnet={r}-s1,ip-address={p}:1::1234 {r}-bad', fail='BadRequest|400|Invalid|auto-address|SLAAC')
step(g, 'port create --network {r}-n1 --mac-address 02:00:00:11:22:33 {r}-bad', fail='Conflict|409|in use')
step(g, 'port create --network {r}-n1 --mac-address zz {r}-bad', fail='BadRequest|400|Invalid')
step(g, 'port list', has('{r}-p1', '{r}-p2', '{r}-p3', '{r}-p4', '{r}-p5'))
step(g, 'port list --long', lambda j: need('Device Owner' in j[0] and 'Security Groups' in j[0], 'long'))
step(g, 'port list --network {r}-n4', every(has('{r}-p6'), hasnot('{r}-p1')))
step(g, 'port list --device-owner compute:acc', every(has('{r}-p2'), hasnot('{r}-p1')))
step(g, 'port list --device-id vm1', every(has('{r}-p2'), hasnot('{r}-p1')))
step(g, 'port list --mac-address 02:00:00:11:22:33', every(has('{r}-p2'), hasnot('{r}-p1')))
step(g, 'port list --fixed-ip subnet={r}-s2', every(has('{r}-p2', '{r}-p3'), hasnot('{r}-p4')))
step(g, 'port list --fixed-ip ip-address={p}:2::abc', every(has('{r}-p2'), hasnot('{r}-p3')))
step(g, 'port list --fixed-ip ip-substring=2::ab', every(has('{r}-p2'), hasnot('{r}-p3')), opt=True)
step(g, 'port list --name {r}-p3', every(has('{r}-p3'), hasnot('{r}-p1')))
step(g, 'port list --tags z', every(has('{r}-p2'), hasnot('{r}-p1')))
step(g, 'port show {r}-p2', eq(name='{r}-p2'))
step(g, 'port set {r}-p4 --fixed-ip subnet={r}-s2,ip-address={p}:2::d1 --name {r}-p4b --description new --security-group {r}-sg1', fmt=None)
step(g, 'port show {r}-p4b', every(eq(description='new'), lambda j: need(V['p'] + ':2::d1' in {f['ip_address'] for f in j['fixed_ips']} and V['sg1'] in j['security_group_ids'], 'set')))
step(g, 'port set {r}-p4b --allowed-address ip-address=2001:db8::77 --device vm9 --device-owner compute:x --mac-address 02:00:00:00:77:77 --disable', fmt=None)
step(g, 'port show {r}-p4b', every(eq(device_id='vm9', mac_address='02:00:00:00:77:77', admin_state_up=False), lambda j: need(j['allowed_address_pairs'][0]['ip_address'] == '2001:db8::77', 'aap')))
step(g, 'port set {r}-p4b --no-security-group', fmt=None)
step(g, 'port set {r}-p4b --no-allowed-address --enable', fmt=None)
step(g, 'port set {r}-p4b --disable-port-security', fmt=None)
step(g, 'port show {r}-p4b', eq(port_security_enabled=False, security_group_ids=[], allowed_address_pairs=[]))
step(g, 'port set {r}-p4b --enable-port-security', fmt=None)
step(g, 'port set {r}-p4b --fixed-ip subnet={r}-s2,ip-address={p}:2::d2', fmt=None)
step(g, 'port unset {r}-p4b --fixed-ip subnet={r}-s2,ip-address={p}:2::d1', fmt=None)
step(g, 'port show {r}-p4b', lambda j: need({f['ip_address'] for f in j['fixed_ips'] if f['subnet_id'] == V['s2']} == {V['p'] + ':2::d2'}, 'unset %s' % j['fixed_ips']))
step(g, 'port unset {r}-p2 --security-group {r}-sg2b', fmt=None)
step(g, 'port unset {r}-p5 --allowed-address ip-address=2001:db8::5,mac-address=02:00:00:00:00:09', fmt=None)
step(g, 'port show {r}-p5', lambda j: need(len(j['allowed_address_pairs']) == 1, 'aap unset'))
step(g, 'port set {r}-p1 --tag k1', fmt=None)
step(g, 'port unset {r}-p1 --tag k1', fmt=None)
step(g, 'port set {r}-p1 --extra-dhcp-option name=26,value=1400,ip-version=6', fmt=None, opt=True)
step(g, 'port delete {r}-p3', fmt=None)
step(g, 'port show {p3}', fail='No Port found|No port found|could not be found')
step(g, 'security group delete {r}-sg1', fail='Conflict|in use|409|failed')
step(g, 'subnet delete {r}-s2', fail='Conflict|in use|409|failed')
step(g, 'network delete {r}-n1', fail='Conflict|in use|409|failed')
# ---- routers ------------------------------------------------------------------------------------------------------
g = 'rtr'
step(g, 'network create --external {r}-ext', eq(router__external=True) if 0 else (lambda j: need(j.get('router:external') is True, 'router:external %s' % j.get('router:external'))), save='ext')
step(g, 'subnet create --network {r}-ext --ip-version 6 --subnet-range {p}:e::/64 --no-dhcp --gateway {p}:e::1 {r}-exts', save='exts')
step(g, 'network list --external', every(has('{r}-ext'), hasnot('{r}-n1')))
step(g, 'router create {r}-r1', every(eq(name='{r}-r1', admin_state_up=True, status='ACTIVE', routes=[], external_gateway_info=None)), save='r1')
step(g, 'router create {r}-r2 --disable --description rr --tag rt', every(eq(admin_state_up=False, description='rr', tags=['rt'])), save='r2')
step(g, 'router add subnet {r}-r1 {r}-s1', fmt=None)
step(g, 'router show {r}-r1', lambda j: need({i['subnet_id'] for i in j['interfaces_info']} == {V['s1']}, 'interfaces_info %s' % j['interfaces_info']))
step(g, 'port list --router {r}-r1', lambda j: need(len(j) == 1 and V['s1_']['gateway_ip'] in json.dumps(j), 'router port %s' % j))
step(g, 'port create --network {r}-n4 --fixed-ip subnet={r}-s3,ip-address={p}:3::1 --device-owner network:router_interface {r}-rp', save='rp', opt=True)
step(g, 'port create --network {r}-n4 --fixed-ip subnet={r}-s3 {r}-rp2', save='rp2')
step(g, 'router add port {r}-r1 {r}-rp2', fmt=None)
step(g, 'port show {r}-rp2', eq(device_id='{r1}', device_owner='network:router_interface'))
step(g, 'router add subnet {r}-r1 {r}-s1', fail='BadRequest|400|already|[Oo]verlap')
step(g, 'router add subnet {r}-r1 {r}-s3', fail='BadRequest|400|gateway|already')
step(g, 'router set {r}-r1 --external-gateway {r}-ext --enable-snat', fmt=None, opt=True)
step(g, 'router set {r}-r1 --external-gateway {r}-ext --fixed-ip subnet={r}-exts,ip-address={p}:e::10', fmt=None)
step(g, 'router show {r}-r1', lambda j: need(j['external_gateway_info']['network_id'] == V['ext'] and j['external_gateway_info']['external_fixed_ips'][0]['ip_address'] == V['p'] + ':e::10', 'egi %s' % j['external_gateway_info']))
step(g, 'router set {r}-r1 --route destination=2001:db8:100::/48,gateway={p}:e::5', fmt=None)
step(g, 'router set {r}-r1 --route destination=2001:db8:200::/48,gateway={p}:e::6', fmt=None)
step(g, 'router show {r}-r1', lambda j: need({x['destination'] for x in j['routes']} == {'2001:db8:100::/48', '2001:db8:200::/48'}, 'routes %s' % j['routes']))
step(g, 'router unset {r}-r1 --route destination=2001:db8:100::/48,gateway={p}:e::5', fmt=None)
step(g, 'router add route {r}-r1 --route destination=2001:db8:300::/48,gateway={p}:e::7', fmt=None, opt=True)
step(g, 'router remove route {r}-r1 --route destination=2001:db8:300::/48,gateway={p}:e::7', fmt=None, opt=True)
step(g, 'router set {r}-r1 --route destination=2001:db8:300::/48,gateway=2001:db8:dead::7', fail='BadRequest|400|Invalid format for routes|not connected')
step(g, 'router set {r}-r1 --no-route', fmt=None)
step(g, 'router show {r}-r1', eq(routes=[]))
step(g, 'router list', has('{r}-r1', '{r}-r2'))
step(g, 'router list --long', lambda j: need('Routes' in j[0] and 'External gateway info' in j[0], 'long'))
step(g, 'router list --name {r}-r2 --disable', every(has('{r}-r2'), hasnot('{r}-r1')))
step(g, 'router set {r}-r2 --name {r}-r2b --enable', fmt=None)
step(g, 'router delete {r}-r2b', fmt=None)
step(g, 'router delete {r}-r1', fail='Conflict|in use|409|failed|still')
step(g, 'subnet delete {r}-s1', fail='Conflict|in use|409|failed')
step(g, 'port list --network {r}-ext', lambda j: need(len(j) >= 1, 'gw port'))
# ---- floating ips -------------------------------------------------------------------------------------------------
g = 'fip'
# Neutron itself answers 400 to IPv6 floating addresses ('does not contain any IPv4 subnet'): NAT64-style floating IPs are beyond Neutron
step(g, 'floating ip create {r}-ext --subnet {r}-exts', opt=True, save='f6')
step(g, 'floating ip create {r}-ext --floating-ip-address {p}:e::f1 --description ff --tag ft', opt=True, save='f6b')
step(g, 'subnet create --network {r}-ext --subnet-range 203.0.113.0/24 --no-dhcp {r}-ext4', save='ext4')
step(g, 'port create --network {r}-n3 --fixed-ip subnet={r}-v4 {r}-p4v4', save='pv4')
step(g, 'router add subnet {r}-r1 {r}-v4', fmt=None)
step(g, 'floating ip create {r}-ext', every(eq(floating_network_id='{ext}', status='DOWN', port_id=None, fixed_ip_address=None)), save='f1')
step(g, 'floating ip create {r}-ext --subnet {r}-exts --port {r}-p4v4', opt=True, save='f64')
for f in ('f6', 'f6b', 'f64'):      # (only present when the endpoint does more than Neutron)
    if f in V:
        step(g, 'floating ip show {%s}' % f, opt=True)
        step(g, 'floating ip delete {%s}' % f, fmt=None, opt=True)
step(g, 'floating ip set {f1} --port {r}-p4v4', fmt=None)
step(g, 'floating ip show {f1}', every(eq(port_id='{pv4}', router_id='{r1}'), lambda j: need(j['fixed_ip_address'].startswith('10.77.0.'), 'fixed')))
step(g, 'floating ip list', lambda j: need(V['f1'] in {x['ID'] for x in j}, 'list'))
step(g, 'floating ip list --port {r}-p4v4 --long', lambda j: need([x['ID'] for x in j if x['ID'] == V['f1']], 'filter'))
step(g, 'floating ip list --network {r}-ext --router {r}-r1', lambda j: need([x['ID'] for x in j if x['ID'] == V['f1']], 'filter'))
step(g, 'floating ip unset {f1} --port', fmt=None)
step(g, 'floating ip show {f1}', eq(port_id=None, fixed_ip_address=None))
step(g, 'floating ip delete {f1}', fmt=None)
step(g, 'floating ip show {f1}', fail='No FloatingIP found|could not be found')
step(g, 'floating ip create {r}-n1', fail='BadRequest|400|not a valid external|not.*external')
# ---- address groups, pools, pd, quota -------------------------------------------------------------------------------
g = 'ag'
step(g, 'address group create {r}-ag --address {p}:a::/64 --address 2001:db8:7::7', lambda j: need(sorted(j['addresses']) == sorted([V['p'] + ':a::/64', '2001:db8:7::7/128']), j['addresses']), opt=True, save='ag')
step(g, 'address group list', has('{r}-ag'), opt=True)
step(g, 'address group show {r}-ag', eq(name='{r}-ag'), opt=True)
step(g, 'address group set {r}-ag --address 2001:db8:8::/48 --description y', fmt=None, opt=True)
step(g, 'address group unset {r}-ag --address 2001:db8:7::7/128', fmt=None, opt=True)
step(g, 'security group rule create {r}-sg1 --ethertype IPv6 --protocol tcp --dst-port 99 --remote-address-group {r}-ag', eq(remote_address_group_id='{ag}'), opt=True, save='rlag')
step(g, 'address group delete {r}-ag', fail='Conflict|in use|409|failed', opt=True)
step(g, 'security group rule delete {rlag}', fmt=None, opt=True)
step(g, 'address group delete {r}-ag', fmt=None, opt=True)
g = 'pool'
step(g, 'network create {r}-n5', save='n5')
step(g, 'network create {r}-n6', save='n6')
step(g, 'subnet pool create {r}-pool --pool-prefix {p}:4000::/36 --default-prefix-length 64 --min-prefix-length 64 --max-prefix-length 64', lambda j: need(j['prefixes'] and int(j['ip_version']) == 6 and int(j['default_prefixlen']) == 64, 'pool %s' % j), save='pool', opt=True)
step(g, 'subnet pool list', has('{r}-pool'), opt=True)
step(g, 'subnet pool show {r}-pool', eq(name='{r}-pool'), opt=True)
step(g, 'subnet create --network {r}-n5 --subnet-pool {r}-pool --ip-version 6 --ipv6-ra-mode slaac --ipv6-address-mode slaac {r}-sp', lambda j: need(ipaddress.ip_network(j['cidr']).subnet_of(ipaddress.ip_network(V['p'] + ':4000::/36')) and j['subnetpool_id'] == V['pool'], 'cidr %s' % j['cidr']), save='sp', opt=True)
step(g, 'subnet pool set {r}-pool --description pp', fmt=None, opt=True)
step(g, 'subnet pool delete {r}-pool', fail='Conflict|409|in use|existing|failed|[Uu]nable', opt=True)
step(g, 'subnet delete {r}-sp', fmt=None, opt=True)
step(g, 'subnet pool delete {r}-pool', fmt=None, opt=True)
step(g, 'subnet create --network {r}-n6 --ip-version 6 --ipv6-ra-mode slaac --ipv6-address-mode slaac --use-prefix-delegation true {r}-pd', lambda j: need(j['subnetpool_id'] == 'prefix_delegation', 'pd'), opt=True, save='pd')
step(g, 'subnet delete {r}-pd', fmt=None, opt=True)
step(g, 'network delete {r}-n5 {r}-n6', fmt=None)
g = 'misc'
step(g, 'quota list --network', opt=True)
step(g, 'quota show --default', opt=True)
step(g, 'availability zone list --network', opt=True)
step(g, 'network agent list', opt=True)
step(g, 'ip availability list', opt=True)
step(g, 'network rbac list', opt=True)
# ---- SDK ------------------------------------------------------------------------------------------------------------
g = 'sdk'
pystep(g, 'list networks, paginated by 2', "a=[x.id for x in n.networks(limit=2)]\nassert len(a)==len(set(a)) and V['n1'] in a and V['n4'] in a, a")
pystep(g, 'find_network by name / missing', "assert n.find_network(V['r']+'-n1').id==V['n1']\nassert n.find_network('nope',ignore_missing=True) is None")
pystep(g, 'cloud-layer search_networks/list_ports', "assert c.get_network(V['r']+'-n1')\nassert c.list_ports(filters={'network_id':V['n1']})")
pystep(g, 'create/update/delete network+subnet+port', """
x=n.create_network(name=V['r']+'-sdk'); s=n.create_subnet(network_id=x.id, ip_version=6, cidr=V['p']+':5d::/64', ipv6_ra_mode='slaac', ipv6_address_mode='slaac')
p=n.create_port(network_id=x.id, name='sp'); assert p.fixed_ips[0]['subnet_id']==s.id
p=n.update_port(p, name='sp2'); assert p.name=='sp2'
n.delete_port(p); n.delete_subnet(s); n.delete_network(x); assert n.find_network(x.id, ignore_missing=True) is None""")
pystep(g, 'update with if_revision', "x=n.get_network(V['n1']); r0=x.revision_number; y=n.update_network(x.id, description='r1', if_revision=r0); assert y.revision_number>r0\nimport openstack.exceptions as e\ntry:\n  n.update_network(x.id, description='r2', if_revision=r0); raise SystemExit('no 412')\nexcept e.HttpException as z: assert z.status_code==412, z.status_code", opt=True)
pystep(g, 'tags: set_tags', "x=n.get_network(V['n1']); n.set_tags(x, ['u','v']); assert sorted(n.get_network(V['n1']).tags)==['u','v']; n.set_tags(x, [])")
pystep(g, 'bulk create ports', "ps=list(n.create_ports([{'network_id':V['n4'],'name':'b%d'%i,'mac_address':'02:00:00:aa:00:%02x'%i} for i in range(3)]));assert len(ps)==3\nfor p in ps: n.delete_port(p.id)", opt=True)
# ---- clouds.yaml ----------------------------------------------------------------------------------------------------
if (not SK or 'cloud' in SK) and not A.keystone:
    with tempfile.NamedTemporaryFile('w', suffix='.yaml', delete=False) as f:
        f.write('clouds:\n  acc:\n    auth_type: none\n    auth:\n      endpoint: %s\n' % URL)
        f2 = f.name
    with tempfile.NamedTemporaryFile('w', suffix='.yaml', delete=False) as f:
        f.write('clouds:\n  acc:\n    auth_type: none\n    network_endpoint_override: %s\n' % URL)
        f3 = f.name
    for fn, nm in ((f2, 'auth.endpoint'), (f3, 'network_endpoint_override')):
        mark('cloud: ' + nm)
        rc, out, err, dt = run([OS, '--os-cloud', 'acc', 'network', 'list', '-f', 'json'], dict(ENV, OS_CLIENT_CONFIG_FILE=fn))
        rec('cloud', 'clouds.yaml with %s: network list' % nm, 'PASS' if rc == 0 else 'FAIL', '' if rc == 0 else err.strip()[-200:], False, dt)
        os.unlink(fn)
# ---- tear down (also tests the ordering rules) ------------------------------------------------------------------------
g = 'del'
if not A.no_clean and not SK:
    step(g, 'router remove subnet {r}-r1 {r}-s1', fmt=None)
    step(g, 'router remove subnet {r}-r1 {r}-v4', fmt=None)
    step(g, 'router remove port {r}-r1 {r}-rp2', fmt=None)
    step(g, 'port show {rp2}', fail='No Port found|No port found|could not be found')
    step(g, 'router unset {r}-r1 --external-gateway', fmt=None)
    step(g, 'router show {r}-r1', lambda j: need(j['external_gateway_info'] is None and j['interfaces_info'] == [], 'cleared'))
    step(g, 'router delete {r}-r1', fmt=None)
    for p in ('p1', 'p2', 'p4', 'p5', 'p6', 'pv4') + (('rp',) if 'rp' in V else ()):
        step(g, 'port delete {%s}' % p, fmt=None)
    step(g, 'subnet delete {r}-s1 {r}-s2 {r}-s3 {r}-v4 {r}-exts {r}-ext4', fmt=None)
    step(g, 'network delete {r}-n1 {r}-n3 {r}-n4 {r}-ext', fmt=None)
    step(g, 'security group delete {r}-sg1 {r}-sg2b', fmt=None)
    step(g, 'network list', hasnot('{r}-n1', '{r}-n3', '{r}-n4', '{r}-ext'))
core = [x for x in RES if not x['opt']]
opt = [x for x in RES if x['opt']]
ok = sum(x['status'] == 'PASS' for x in core)
oko = sum(x['status'] == 'PASS' for x in opt)
print('core: %d passed, %d failed; optional: %d passed, %d failed; wall %.0fs; mean %.2fs/command' % (
    ok, len(core) - ok, oko, len(opt) - oko, time.time() - t0, sum(x['t'] for x in RES) / max(1, len(RES))))
if A.json:
    json.dump(RES, open(A.json, 'w'), indent=1)
sys.exit(0 if ok == len(core) else 1)
