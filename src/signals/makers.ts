import { parseUrl } from "../cmdline/normal/url.ts";
import { glob } from "../invocations/glob.ts";
import { type Payload, resolvedOf } from "../model/payload.ts";
import type { Subject } from "./signal.ts";

/**
 * Where makers of software publish it and nobody else can: `host/path`, both as globs, `*.` before a host for every name below it. Not
 * here: hosts that keep what anybody uploads, makers' own stores of strangers' packages, and tools that administer machines from afar.
 * Of forges, releases of a project and its named branches only: every commit of a fork can be asked for under the original's name, too.
 */
const HOSTS: Readonly<Record<string, string>> = {
  windows: `
    download.microsoft.com go.microsoft.com packages.microsoft.com definitionupdates.microsoft.com aka.ms dot.net
    builds.dotnet.microsoft.com dist.nuget.org *.windowsupdate.com *.update.microsoft.com
    dotnet.microsoft.com download.visualstudio.microsoft.com software-download.microsoft.com vscode.download.prss.microsoft.com
    update.code.visualstudio.com code.visualstudio.com officecdn.microsoft.com msedge.sf.dl.delivery.mp.microsoft.com
    wslstorestorage.blob.core.windows.net azcliprod.blob.core.windows.net/msi/* dotnetcli.blob.core.windows.net
    download.agent.dev.azure.com
    chocolatey.org/install.ps1 community.chocolatey.org/install.ps1 get.scoop.sh boxstarter.org/bootstrapper.ps1`,
  languages: `
    www.python.org bootstrap.pypa.io install.python-poetry.org pdm-project.org pdm.fming.dev pyenv.run astral.sh
    nodejs.org get.pnpm.io fnm.vercel.app/install get.volta.sh dl.yarnpkg.com yarnpkg.com www.npmjs.com/install.sh
    deb.nodesource.com rpm.nodesource.com bun.sh deno.land/install.* deno.land/x/install/* static.rust-lang.org
    repo1.maven.org/maven2/* repo.maven.apache.org/maven2/* sh.rustup.rs win.rustup.rs go.dev/dl/* golang.org/dl/* windows.php.net getcomposer.org cpanmin.us install.perlbrew.pl
    strawberryperl.com cache.ruby-lang.org get.rvm.io get.sdkman.io get.haskellstack.org get-ghcup.haskell.org
    dl.min.io storage.googleapis.com/golang/* julialang-s3.julialang.org install.julialang.org download.pytorch.org
    cloud.r-project.org/bin/windows/base/* cran.r-project.org/bin/windows/base/* repo.anaconda.com/miniconda/*
    repo.anaconda.com/archive/* rubyinstaller.org erlang.org repo.msys2.org cygwin.com www.cygwin.com download.qt.io
    master.qt.io releases.llvm.org services.gradle.org api.adoptium.net download.bell-sw.com corretto.aws
    download.jetbrains.com
    crystal-lang.org dist.meteor.com install.meteor.com download.oracle.com download.java.net cdn.azul.com apt.llvm.org
    golangci-lint.run nixos.org/nix/install* install.determinate.systems mise.run just.systems starship.rs
    downloads.gradle.org install.duckdb.org get.nextflow.io foundry.paradigm.xyz xmake.io/*get.text
    moonrepo.dev/install/* get.jetify.com ohmyposh.dev/install.* webi.sh webinstall.dev get.symfony.com`,
  servers: `
    get.docker.com test.docker.com download.docker.com desktop.docker.com get.k3s.io get.rke2.io get.helm.sh dl.k8s.io
    releases.rancher.com releases.hashicorp.com get.pulumi.com cli.doppler.com fly.io/install.* tailscale.com/install.sh
    ollama.com/install.* awscli.amazonaws.com sdk.cloud.google.com packages.gitlab.com/install/repositories/gitlab/*
    packages.gitlab.com/install/repositories/runner/* downloads.puppetlabs.com downloads.puppet.com bootstrap.saltproject.io
    winbootstrap.saltproject.io cdn.zabbix.com
    dl.grafana.com artifacts.elastic.co packages.wazuh.com download.splunk.com nginx.org archive.apache.org
    downloads.apache.org dlcdn.apache.org get.enterprisedb.com ftp.postgresql.org cdn.mysql.com dev.mysql.com
    downloads.mariadb.com www.sqlite.org dl.fedoraproject.org download1.rpmfusion.org rpms.remirepo.net
    download.postgresql.org yum.postgresql.org repo.zabbix.com yum.puppet.com repo.mysql.com rpm.grafana.com
    packages.confluent.io repo.radeon.com s3.amazonaws.com/ddagent-windows-stable/* windows-agent.datadoghq.com
    install.datadoghq.com download.newrelic.com fastdl.mongodb.org downloads.mongodb.org packages.chef.io omnitruck.chef.io
    s3.amazonaws.com/aws-cli/* s3.amazonaws.com/ec2-downloads-windows/* storage.googleapis.com/kubernetes-release/*
    storage.googleapis.com/minikube/* download.octopusdeploy.com get.jenkins.io mirrors.jenkins.io
    gitlab-runner-downloads.s3.amazonaws.com uploader.codecov.io cli.codecov.io binaries.sonarsource.com pkg.osquery.io
    download.virtualbox.org www.cloudbase.it fedorapeople.org/groups/virt/virtio-win/*
    run.linkerd.io istio.io/downloadistio fluxcd.io/install.* get.opentofu.org get.arkade.dev cli.openfaas.com
    kots.io/install* get.k0s.sh releases.ubuntu.com cloud-images.ubuntu.com get.acme.sh install.pi-hole.net
    my-netdata.io/kickstart.sh get.netdata.cloud code-server.dev/install.sh repos.influxdata.com sentry.io/get-cli/
    get.casaos.io install.crowdsec.net apt.puppet.com apt.postgresql.org pkgs.k8s.io packages.cloud.google.com`,
  desks: `
    dl.google.com ftp.mozilla.org download.mozilla.org get.videolan.org www.7-zip.org ardownload*.adobe.com
    download.documentfoundation.org cdn.zoom.us zoom.us/client/* us.download.nvidia.com developer.download.nvidia.com
    downloadmirror.intel.com ftp.hp.com ftp.ext.hp.com downloads.dell.com download.lenovo.com cmake.org/files/*
    international.download.nvidia.com registrationcenter-download.intel.com drivers.amd.com download.brother.com
    static.siemens.com download.blender.org download.gimp.org download.imagemagick.org download.sublimetext.com
    downloads.slack-edge.com dl.pstmn.io www.rarlab.com files.jrsoftware.org claude.ai/install.*
    ftp.gnu.org zlib.net www.libsdl.org www.openssl.org curl.se www.kernel.org cdn.kernel.org`,
};

/** Projects on GitHub of which releases count. */
const RELEASES = `
    git-for-windows/git powershell/powershell microsoft/* containers/podman microsoftarchive/redis cmderdev/cmder
    kitware/cmake adoptium/* docker/* kubernetes-sigs/* helm/* nodejs/*
    kubernetes/minikube ninja-build/ninja notepad-plus-plus/notepad-plus-plus gohugoio/hugo astral-sh/uv`;

/** Projects on GitHub of which what stands on the main branch counts. */
const BRANCHES = `
    ohmyzsh/ohmyzsh homebrew/install helm/helm golangci/golangci-lint anchore/syft anchore/grype aquasecurity/trivy
    kubernetes-sigs/kustomize rancher/k3d rancher/install-docker k3d-io/k3d python-poetry/poetry
    python-poetry/install.python-poetry.org pdm-project/pdm miyagawa/cpanminus nvm-sh/nvm
    scoopinstaller/install pi-hole/pi-hole tj/n rbenv/rbenv-installer pyenv/pyenv-installer ohmybash/oh-my-bash
    junegunn/vim-plug acmesh-official/acme.sh jesseduffield/lazydocker`;

const words = (text: string) => text.trim().split(/\s+/);

const MAKERS: readonly string[] = [
  ...Object.values(HOSTS).flatMap(words),
  ...words(RELEASES).map((project) => `github.com/${project}/releases/*`),
  ...words(BRANCHES).flatMap((project) =>
    ["master", "main", "head"].map((branch) => `raw.githubusercontent.com/${project}/${branch}/*`),
  ),
  "raw.githubusercontent.com/nvm-sh/nvm/v*",
];

/** Paths by host; empty for all. */
const BY_HOST = new Map<string, readonly string[]>();
for (const entry of MAKERS) {
  const slash = entry.indexOf("/");
  const host = slash < 0 ? entry : entry.slice(0, slash);
  const path = slash < 0 ? "/*" : entry.slice(slash);
  BY_HOST.set(host, [...(BY_HOST.get(host) ?? []), path]);
}

/** Hosts under an older name. */
const NOW_CALLED = new Map([["raw.github.com", "raw.githubusercontent.com"]]);

const WITH_STARS = [...BY_HOST.keys()].filter((host) => host.includes("*"));

/** Whether an address is one under which its maker alone publishes: over TLS, so that nobody on the way puts in something else. */
export function isOfMaker(address: string): boolean {
  const url = parseUrl(address);
  if (url?.scheme !== "https" || url.port !== "" || url.userinfo !== "") return false;
  const name = NOW_CALLED.get(url.host) ?? url.host;
  const host = BY_HOST.has(name) ? name : WITH_STARS.find((pattern) => glob(pattern, name));
  const path = url.path.toLowerCase();
  return host !== undefined && BY_HOST.get(host)!.some((pattern) => pattern === "/*" || glob(pattern, path));
}

/** An address as its maker's own pages give it: those that leave out the scheme answer over TLS. */
const given = (payload: Payload): string =>
  /^[\w-]{1,32}\.[^\s:@]+$/.test(payload.value) ? `https://${payload.value}` : resolvedOf(payload);

/** What is only laid down is told of again when it is carried out: that somebody on the way could change it is not what a line tells. */
const laidDown = (payload: Payload): string => given(payload).replace(/^http:/i, "https:");

/** Options by which a client takes the answer of whoever says to be that machine: curl's, wget's, PowerShell's. */
const UNCHECKED =
  /\s(?:-[fgiqsvLS#]{0,8}k[fgiqsvLS#]{0,8}|--insecure|--no-check-certificate|-skipcertificatecheck)(?=\s|$)|servercertificatevalidationcallback/i;

/** All that it takes from other machines comes from makers. What is never normal has a floor. */
export function isFromMakers({ behaviour: { behaviour, runs, fetches }, line }: Subject): boolean {
  if (line.some(({ canonical }) => UNCHECKED.test(canonical))) return false;
  const isLaidDown = behaviour.category === "download" && runs.length === 0;
  const remote = [...runs, ...fetches].filter((payload) => payload.remote);
  return remote.length > 0 && remote.every((payload) => isOfMaker(isLaidDown ? laidDown(payload) : given(payload)));
}
